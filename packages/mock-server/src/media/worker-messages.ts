import type { MediaFacts } from './inspect-media.js';
import { MediaError } from './media-error.js';
import type { RenderedFile, RenderJob } from './render-job.js';

/** A job as it travels to the worker: its signal stays behind and arrives as an `abort` message. */
export type TransferredJob = Omit<RenderJob, 'signal'>;

/** What a thread is asked to do. Each kind has a worker of its own. */
export type WorkerTask =
  | { readonly kind: 'render'; readonly job: TransferredJob }
  | { readonly kind: 'inspect'; readonly path: string };

/** What a worker is told. */
export type WorkerRequest = WorkerTask | { readonly kind: 'abort' } | { readonly kind: 'stop' };

/**
 * What a worker is busy with: while it is reading it runs nothing but JavaScript; while it is
 * rendering, native codecs.
 */
export type Stage = 'reading' | 'rendering';

/** What a worker says: any number of times that it gets on, and one reply per task. */
export type WorkerMessage = { readonly kind: 'progress'; readonly stage: Stage } | WorkerReply;

/** What a worker answers, once per task. */
export type WorkerReply =
  | { readonly kind: 'rendered'; readonly file: RenderedFile }
  | { readonly kind: 'inspected'; readonly facts: MediaFacts }
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
