import { Worker } from 'node:worker_threads';
import type { RenderedFile, RenderJob } from './render-job.js';
import { unpackError, type WorkerReply, type WorkerRequest } from './worker-messages.js';

/**
 * The worker thread behind a renderer. It is started by the first job, lives on for the next ones
 * and is replaced when it crashes. Between jobs it does not keep the process alive.
 *
 * It takes one job at a time: the caller waits for one to settle before it starts the next.
 */
export class RenderThread {
  readonly #workerUrl: URL;
  #worker: Worker | undefined;

  /** @param workerUrl - the worker's module */
  constructor(workerUrl: URL) {
    this.#workerUrl = workerUrl;
  }

  /**
   * Renders a job.
   *
   * @throws MediaError when an input is not the media the job needs
   * @throws the signal's reason when the job is aborted, once the thread has cleaned up
   */
  async run({ signal, ...job }: RenderJob): Promise<RenderedFile> {
    signal?.throwIfAborted();
    const worker = this.#worker ?? this.#start();
    const abort = (): void => post(worker, { kind: 'abort' });
    worker.ref();
    signal?.addEventListener('abort', abort, { once: true });
    try {
      const reply = await ask(worker, { kind: 'render', job });
      if (reply.kind === 'rendered') return reply.file;
      signal?.throwIfAborted();
      throw unpackError(reply.error);
    } finally {
      signal?.removeEventListener('abort', abort);
      worker.unref();
    }
  }

  /** Stops the thread. Called between jobs; a later job would start it again. */
  async stop(): Promise<void> {
    const worker = this.#worker;
    if (worker === undefined) return;
    worker.ref();
    const ended = new Promise((resolve) => worker.once('exit', resolve));
    // Not `terminate()`: native codecs do not survive it.
    post(worker, { kind: 'stop' });
    await ended;
  }

  #start(): Worker {
    // Without the flags of the process: some, like --input-type, would not let the thread start.
    const worker = new Worker(this.#workerUrl, { name: 'sync3-render', execArgv: [] });
    const forget = (): void => {
      if (this.#worker === worker) this.#worker = undefined;
    };
    worker.once('error', forget);
    worker.once('exit', forget);
    this.#worker = worker;
    return worker;
  }
}

/** Sends a request and waits for the answer, or for the end of the worker. */
function ask(worker: Worker, request: WorkerRequest): Promise<WorkerReply> {
  return new Promise<WorkerReply>((resolve, reject) => {
    const settle = (finish: () => void): void => {
      worker.off('message', onMessage).off('error', onError).off('exit', onExit);
      finish();
    };
    const onMessage = (reply: WorkerReply): void => settle(() => resolve(reply));
    const onError = (cause: unknown): void => settle(() => reject(crash(String(cause), cause)));
    const onExit = (code: number): void => settle(() => reject(crash(`exit code ${code}`)));
    worker.on('message', onMessage).on('error', onError).on('exit', onExit);
    try {
      post(worker, request);
    } catch (error) {
      settle(() => reject(error));
    }
  });
}

function post(worker: Worker, request: WorkerRequest): void {
  worker.postMessage(request);
}

function crash(reason: string, cause?: unknown): Error {
  return new Error(
    `The render thread crashed (${reason}), so this job has no result. ` +
      'The next job gets a new thread; submit this one again, and report it if it crashes again.',
    { cause },
  );
}
