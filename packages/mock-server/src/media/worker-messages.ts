import { MediaError } from './media-error.js';
import type { RenderedFile, RenderJob } from './render-job.js';

/** A job as it travels to the worker: its signal stays behind and arrives as an `abort` message. */
export type TransferredJob = Omit<RenderJob, 'signal'>;

/** What the renderer tells its worker. */
export type WorkerRequest =
  | { readonly kind: 'render'; readonly job: TransferredJob }
  | { readonly kind: 'abort' }
  | { readonly kind: 'stop' };

/** What the worker answers, once per `render`. */
export type WorkerReply =
  | { readonly kind: 'rendered'; readonly file: RenderedFile }
  | { readonly kind: 'failed'; readonly error: TransferredError };

/** An error in a form that keeps its type across threads. */
export interface TransferredError {
  readonly message: string;
  readonly stack: string | undefined;
  /** Set for a `MediaError` only. */
  readonly role: string | undefined;
}

/** Packs an error for the way to another thread. */
export function packError(error: unknown): TransferredError {
  if (!(error instanceof Error)) {
    return { message: String(error), stack: undefined, role: undefined };
  }
  const role = error instanceof MediaError ? error.role : undefined;
  return { message: error.message, stack: withCauses(error), role };
}

/** Makes the error of another thread an error of this one: a `MediaError` stays one. */
export function unpackError({ message, stack, role }: TransferredError): Error {
  const error = role === undefined ? new Error(message) : new MediaError(role, message);
  if (stack !== undefined) error.stack = stack;
  return error;
}

/** An error's stack with those of its causes, which do not travel by themselves. */
function withCauses(error: Error): string {
  const stack = error.stack ?? error.message;
  return error.cause instanceof Error ? `${stack}\nCaused by: ${withCauses(error.cause)}` : stack;
}
