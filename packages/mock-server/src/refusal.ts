/** Thrown where a task is refused; answered in Runware's error shape. */
export class Refusal extends Error {
  override readonly name = 'Refusal';
  /** HTTP status, when nothing else in the request succeeded. */
  readonly status: number;
  readonly code: string;
  readonly parameter: string | undefined;
  readonly headers: Record<string, string> | undefined;

  constructor(
    status: number,
    code: string,
    message: string,
    parameter?: string,
    headers?: Record<string, string>,
  ) {
    super(message);
    this.status = status;
    this.code = code;
    this.parameter = parameter;
    this.headers = headers;
  }
}
