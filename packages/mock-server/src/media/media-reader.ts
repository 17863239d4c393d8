import type { MediaFacts } from './inspect-media.js';
import { MediaThread, type SilenceBounds } from './media-thread.js';
import { SerialQueue } from './serial-queue.js';

/** Reads what media files are, away from the calling thread. */
export interface MediaReader {
  /**
   * Reads what a media file is from its container. Files are read one after another.
   *
   * @param path - the file
   * @throws MediaError when the file is missing, empty, cut short, not media or too long, or when
   *   reading it does not come to an end
   */
  inspect(path: string): Promise<MediaFacts>;
  /** Ends what is under way, with an error, and stops the thread. */
  close(): Promise<void>;
}

/**
 * Creates a reader. It costs nothing until its first file, and does not keep the process alive while
 * it has none.
 *
 * A server never calls `inspectMedia` itself: a long file would keep all else waiting, and a damaged
 * one may do so for ever.
 *
 * @param workerUrl - module of the worker thread; only tests need another one
 * @param bounds - how long the thread may be silent; only tests need others
 */
export function createMediaReader(
  workerUrl: URL = new URL('./inspect-worker.js', import.meta.url),
  bounds?: SilenceBounds,
): MediaReader {
  const thread = new MediaThread(workerUrl, 'sync3-inspect', bounds);
  const queue = new SerialQueue();
  const closing = new AbortController();
  return {
    inspect(path) {
      return queue.add(async () => {
        const reply = await thread.run({ kind: 'inspect', path }, closing.signal);
        if (reply.kind === 'inspected') return reply.facts;
        throw new Error(`The reading thread answered '${reply.kind}'.`);
      }, closing.signal);
    },
    async close() {
      closing.abort(new Error('The reader is closed.'));
      await queue.idle();
      await thread.stop();
    },
  };
}
