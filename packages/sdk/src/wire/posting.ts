import type { TaskName } from '../hooks.js';
import type { BodySupport } from './streaming-options.js';

/** A task that was written once, for every time that it is sent. */
export interface WrittenTask extends TaskName {
  /** The whole task as JSON. */
  json: string;
}

/** What one POST carries. */
export interface Posting {
  tasks: readonly (TaskName | WrittenTask)[];
  /** Takes the place of the last task's `media`. */
  blob?: Blob | undefined;
  /** Called as bytes of the Blob are sent. */
  onProgress?: ((progress: { sentBytes: number; totalBytes: number }) => void) | undefined;
  /** Whether the API shall only validate and price. */
  isDryRun?: boolean;
}

/** One POST on its way, and the patience of its caller. */
export interface Attempt extends BodySupport {
  /** Ends it. */
  controller: AbortController;
  /**
   * Begins the caller's `timeoutMs` anew, as bytes of an upload are taken, with so many ms more until
   * more are taken or the answer comes.
   */
  restart?: ((extraMs: number) => void) | undefined;
}

export const newAttempt = (): Attempt => ({
  controller: new AbortController(),
  isStringifying: false,
});
