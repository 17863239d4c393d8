import type { Sync3Error } from '../errors/sync3-error.js';
import type { ProxyAnswer } from './answer.js';

/** What is wrong with a task, in the API's own form. */
export interface TaskFault {
  code: string;
  message: string;
  parameter?: string;
  taskType?: string;
  taskUUID?: string;
}

/** What the owner of the proxy is told, after the key has been taken out. */
export interface Report {
  message: string;
  /** The API's own, or one of `ConnectionError`, where the report makes its error itself. */
  code?: string;
  /** The only task that this is about, where there is one. */
  taskUUID?: string | undefined;
  cause?: unknown;
  /** The key that was in use. @default the one that is in use now */
  key?: Promise<string>;
  /** @default makes a Sync3Error */
  errorOf?: (message: string, cause: Error | undefined) => Sync3Error;
}

interface RefusalOptions {
  faults?: readonly TaskFault[] | undefined;
  headers?: ProxyAnswer['headers'];
  report?: Report;
}

/** Codes that the API uses itself, where it has one. */
const codes: Record<number, string> = {
  400: 'invalidRequest',
  401: 'unauthorized',
  403: 'forbidden',
  405: 'methodNotAllowed',
  408: 'requestTimeout',
  413: 'requestTooLarge',
  499: 'requestAborted',
  500: 'internalServerError',
  502: 'serviceUnavailable',
  503: 'serviceUnavailable',
  504: 'timeout',
};

/** Thrown to answer at once. Its texts are fixed: nothing of a request and no secret is in one. */
export class Refusal extends Error implements ProxyAnswer {
  readonly status: number;
  readonly headers: ProxyAnswer['headers'];
  readonly body: string;
  readonly report: Report | undefined;

  constructor(status: number, message: string, { faults, headers, report }: RefusalOptions = {}) {
    super(message);
    this.status = status;
    this.headers = headers;
    this.body = JSON.stringify({ errors: faults ?? [{ code: codes[status], message }] });
    this.report = report;
  }

  /** Something failed that the caller has no part in, before anything was sent. */
  static ofFault(report: Report): Refusal {
    return new Refusal(500, 'The request could not be handled.', { report });
  }
}
