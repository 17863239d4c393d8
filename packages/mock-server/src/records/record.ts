/** A row, an error or a task, as it went over the wire. */
export type Element = Record<string, unknown>;

/** A request and its answer, as a file has it: without keys. */
export interface ExchangeRecord {
  version: 1;
  /** When the answer was there, ISO 8601. */
  at: string;
  isDryRun: boolean;
  /** The tasks, but for those of type authentication. */
  request: Element[];
  status: number;
  /** Seconds, or a date, as the answer had it. */
  retryAfter?: string;
  /** The body of the answer; a text when it was not JSON. */
  answer: { data?: Element[]; errors?: Element[] } | string;
}

/** The UUID of a task, row or error, in lower case. */
export function taskUUIDOf({ taskUUID }: Element): string | undefined {
  return typeof taskUUID === 'string' ? taskUUID.toLowerCase() : undefined;
}
