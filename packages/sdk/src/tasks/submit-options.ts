import type { UploadOptions } from '../media/media.js';
import type { RequestOptions } from '../options.js';
import type { TaskSnapshot } from '../results.js';
import type { WaitOptions } from './task.js';

/** How a job is submitted. */
export interface SubmitOptions extends RequestOptions {
  /**
   * The same key always gives the same taskUUID, so that a job is paid for once however often the
   * call is made. Not used when the parameters name a `taskUUID`.
   */
  idempotencyKey?: string | undefined;
  /**
   * Keeps equal keys of two tenants or applications apart. Set it from the start: the same key in
   * another namespace, or in none, is another job. @default none
   */
  namespace?: string | undefined;
  /**
   * Whether the `taskUUID` or the `idempotencyKey` has certainly never been sent, as a record that is
   * written before each submit can tell. The API is not asked for the job then, and it goes out in one
   * request with those that are submitted at the same moment. @default false
   */
  isNew?: boolean | undefined;
  /** Called as bytes of a Blob are sent. */
  onUpload?: UploadOptions['onProgress'];
}

/** How a job is run. `timeoutMs` bounds the wait; each request is bound by the client's. */
export type RunOptions<Snapshot = TaskSnapshot> = Omit<SubmitOptions, 'timeoutMs'> &
  WaitOptions<Snapshot>;

/** How a job is priced. */
export type EstimateOptions = Omit<SubmitOptions, 'idempotencyKey' | 'namespace' | 'isNew'>;

/** What a job would cost. */
export interface Estimate {
  /** USD for all results together; `undefined` when the API names no price. */
  cost: number | undefined;
  /** The rows of the API's answer, as it sent them; their form is not documented. */
  rows: readonly Readonly<Record<string, unknown>>[];
}
