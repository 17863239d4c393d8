/**
 * Under this symbol a class tells its name: to other copies of the package, where `instanceof`
 * fails, and after a bundler has renamed it.
 */
export const kind = Symbol.for('@sync3/sdk/error');

/** What every error of this package carries beside its message. */
export interface Sync3ErrorOptions {
  taskUUID?: string | undefined;
  retryable?: boolean | undefined;
  mayBeAccepted?: boolean | undefined;
  code?: string | undefined;
  /** What to do next, in terms of the SDK; the message ends with it. */
  advice?: string | undefined;
  cause?: unknown;
}

/** A class of errors, as far as its guard is concerned. */
interface ErrorClass {
  prototype: Error;
  [kind]: string;
}

/**
 * The base of every error this package throws. Tell them apart by `name`, or by the guard that every
 * class has, which also works between two copies of the package: `RateLimitError.is(error)`.
 */
export class Sync3Error extends Error {
  static readonly [kind]: string = 'Sync3Error';

  /**
   * The job this is about, where one exists. If it may have been accepted, ask for its results with
   * `tasks.attach(taskUUID)` instead of submitting again.
   */
  declare readonly taskUUID?: string;

  /** What happened, as one word for programs, such as `missingApiKey`. The API's own for an `ApiError`. */
  declare readonly code: string | undefined;

  /** Whether the same call may succeed later without any change. */
  declare readonly retryable: boolean;

  /**
   * Whether the API may have accepted the job `taskUUID`, and charge for it. `false` when this call
   * certainly did not get it accepted: nothing was sent, no connection was made, or the API refused.
   */
  declare readonly mayBeAccepted: boolean;

  /** The message without its advice to programmers: what happened, for a user interface of your own. */
  declare readonly summary: string;

  constructor(message: string, options: Sync3ErrorOptions = {}) {
    const { taskUUID, retryable = false, mayBeAccepted = false, code, advice, cause } = options;
    super(advice ? `${message} ${advice}` : message, cause === undefined ? undefined : { cause });
    this.name = new.target[kind];
    if (taskUUID) this.taskUUID = taskUUID;
    this.code = code;
    this.retryable = retryable;
    this.mayBeAccepted = mayBeAccepted;
    this.summary = message;
  }

  /** Whether a value is an error of this class, from this copy of the package or another. */
  static is<Class extends ErrorClass>(this: Class, value: unknown): value is Class['prototype'];
  /** With the class named once more, as older programs do. */
  static is<Error>(this: { prototype: Error; [kind]: string }, value: unknown): value is Error;
  static is(this: ErrorClass, value: unknown): boolean {
    let type: Partial<ErrorClass> | null | undefined = Object(value).constructor;
    // biome-ignore lint/complexity/noThisInStatic: each class looks for its own kind
    while (type && type[kind] !== this[kind]) type = Object.getPrototypeOf(type);
    return Boolean(type);
  }
}
