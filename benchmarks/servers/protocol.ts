import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Job, JobBook } from './job-book.ts';

/** One request and all that answers it. */
export interface Exchange {
  method: string;
  url: URL;
  request: IncomingMessage;
  response: ServerResponse;
  book: JobBook;
}

/** What a protocol does with a request. */
export interface Answer {
  /** What the request was, for the counts. */
  kind: 'submit' | 'poll' | 'result' | 'upload' | 'download';
  /** The jobs of the plan that it was about. */
  jobs?: Job[];
  /** Bytes of the file, in an upload. */
  uploadedBytes?: number;
  status?: number;
  /** Sent as JSON; `undefined` when the protocol has answered itself. */
  body?: unknown;
}

/** Emulates the job endpoints of one API. */
export type Protocol = (exchange: Exchange) => Promise<Answer>;

/** What a server has seen. */
export interface ServerReport {
  /** Requests of each kind that were about jobs of the plan. */
  requests: Record<Answer['kind'], number>;
  /** Requests that no protocol knows, or that it could not answer. */
  failures: string[];
  uploadedBytes: number;
  doneTimes: number[];
}

/** @throws {Error} the protocol has no such endpoint. */
export function noEndpoint({ method, url }: Exchange): never {
  throw new Error(`There is no ${method} ${url.pathname}.`);
}
