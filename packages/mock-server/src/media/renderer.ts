import { MediaThread, type SilenceBounds } from './media-thread.js';
import type { RenderedFile, RenderJob } from './render-job.js';
import { SerialQueue } from './serial-queue.js';
import type { TransferredJob } from './worker-messages.js';

/** Renders jobs away from the calling thread. */
export interface Renderer {
  /**
   * Renders a job. Jobs are done one after another, in the order they came in.
   *
   * @param job - what to render
   * @throws MediaError when an input is not the media the job needs
   * @throws the signal's reason when the job is aborted; nothing of it is left behind
   */
  render(job: RenderJob): Promise<RenderedFile>;
  /**
   * Ends the job at hand and those that wait, with an error, and stops the thread. Nothing of the
   * renderer is left running afterwards.
   */
  close(): Promise<void>;
}

/**
 * Creates a renderer. It costs nothing until its first job, and does not keep the process alive
 * while it has none.
 *
 * @param workerUrl - module of the worker thread; only tests need another one
 * @param bounds - how long the thread may be silent; only tests need others
 */
export function createRenderer(
  workerUrl: URL = new URL('./render-worker.js', import.meta.url),
  bounds?: SilenceBounds,
): Renderer {
  const thread = new MediaThread(workerUrl, 'sync3-render', bounds);
  const queue = new SerialQueue();
  const unfinished = new Set<AbortController>();
  let closed: Error | undefined;
  const render = async (job: TransferredJob, signal: AbortSignal): Promise<RenderedFile> => {
    const reply = await thread.run({ kind: 'render', job }, signal);
    if (reply.kind !== 'rendered') throw new Error(`The render thread answered '${reply.kind}'.`);
    return reply.file;
  };
  return {
    async render({ signal, ...job }) {
      signal?.throwIfAborted();
      if (closed !== undefined) throw closed;
      // Not AbortSignal.any: with a signal that outlives many jobs it leaks memory on Node 20.
      const controller = new AbortController();
      const abort = (): void => controller.abort(signal?.reason);
      signal?.addEventListener('abort', abort, { once: true });
      unfinished.add(controller);
      try {
        return await queue.add(() => render(job, controller.signal), controller.signal);
      } finally {
        signal?.removeEventListener('abort', abort);
        unfinished.delete(controller);
      }
    },
    async close() {
      closed ??= new Error('The renderer is closed, so this job has no result. Start a new one.');
      for (const controller of unfinished) controller.abort(closed);
      await queue.idle();
      await thread.stop();
    },
  };
}
