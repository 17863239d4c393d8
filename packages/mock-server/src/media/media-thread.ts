import { Worker } from 'node:worker_threads';
import { keepWorker, takeWorker } from './kept-workers.js';
import { MediaError } from './media-error.js';
import {
  type Stage,
  unpackError,
  type WorkerMessage,
  type WorkerReply,
  type WorkerRequest,
  type WorkerTask,
} from './worker-messages.js';

/** How long a thread may say nothing before it is given up, in milliseconds. */
export interface SilenceBounds {
  /** While it reads the containers of its inputs. */
  readonly reading: number;
  /** While it decodes and encodes, of which it tells every second, and while it starts. */
  readonly rendering: number;
  /** Shorter ones, from when its work was aborted or it was told to stop. */
  readonly stopping: Readonly<Record<Stage, number>>;
}

/** Reading two hours of media takes half a second. */
const USUAL_BOUNDS: SilenceBounds = {
  reading: 20_000,
  rendering: 60_000,
  stopping: { reading: 2000, rendering: 8000 },
};

/**
 * A bound is counted in that many ticks of our own event loop, so that a process that was paused (a
 * debugger, a laptop that slept) does not mistake its own absence for silence.
 */
const TICKS = 5;

/** A worker and how far it is with what it does. */
interface Running {
  readonly worker: Worker;
  /** Until it says otherwise it may be loading or running native code. */
  stage: Stage;
  isStopping: boolean;
  /** Set while something is expected of it. */
  watch: Watch | undefined;
}

/**
 * A worker thread for media. It is started by its first task, lives on for the next ones and is
 * replaced when it crashes or comes to a standstill. Between tasks it does not keep the process
 * alive.
 *
 * It takes one task at a time: the caller waits for one to settle before it starts the next.
 */
export class MediaThread {
  readonly #workerUrl: URL;
  readonly #name: string;
  readonly #bounds: SilenceBounds;
  #running: Running | undefined;

  /**
   * @param workerUrl - the worker's module
   * @param name - what debuggers call the thread
   * @param bounds - only tests need others
   */
  constructor(workerUrl: URL, name: string, bounds: SilenceBounds = USUAL_BOUNDS) {
    this.#workerUrl = workerUrl;
    this.#name = name;
    this.#bounds = bounds;
  }

  /**
   * Has a task done.
   *
   * @param signal - ends the task early
   * @throws MediaError when an input is not the media the task needs, or brings it to a standstill
   * @throws the signal's reason when the task is aborted, once the thread has cleaned up
   */
  async run(task: WorkerTask, signal?: AbortSignal): Promise<Exclude<WorkerReply, Failed>> {
    signal?.throwIfAborted();
    const running = this.#running ?? this.#start();
    const abort = (): void => {
      running.isStopping = true;
      running.watch?.restart();
      post(running.worker, { kind: 'abort' });
    };
    running.isStopping = false;
    running.worker.ref();
    signal?.addEventListener('abort', abort, { once: true });
    try {
      const reply = await this.#ask(running, task);
      if (reply.kind !== 'failed') return reply;
      signal?.throwIfAborted();
      throw unpackError(reply.error);
    } catch (error) {
      if (!(error instanceof Standstill)) throw error;
      await this.#giveUp(running);
      signal?.throwIfAborted();
      throw standstillError(error.stage, this.#bounds[error.stage]);
    } finally {
      signal?.removeEventListener('abort', abort);
      running.worker.unref();
    }
  }

  /** Stops the thread. Called between tasks; a later task would start it again. */
  async stop(): Promise<void> {
    const running = this.#running;
    if (running === undefined) return;
    const { worker } = running;
    if (keepWorker(this.#workerUrl, worker)) {
      this.#running = undefined;
      return;
    }
    worker.ref();
    running.isStopping = true;
    const hasEnded = new Promise<boolean>((resolve) => {
      worker.once('exit', () => resolve(true));
      this.#watch(running, () => resolve(false));
    });
    // Not `terminate()`: native codecs do not survive it.
    post(worker, { kind: 'stop' });
    if (!(await hasEnded)) await this.#giveUp(running);
    running.watch?.end();
  }

  #start(): Running {
    // Without the flags of the process: some, like --input-type, would not let the thread start.
    const worker =
      takeWorker(this.#workerUrl) ??
      new Worker(this.#workerUrl, { name: this.#name, execArgv: [] });
    const running: Running = { worker, stage: 'rendering', isStopping: false, watch: undefined };
    const forget = (): void => {
      if (this.#running === running) this.#running = undefined;
    };
    worker.once('error', forget);
    worker.once('exit', forget);
    this.#running = running;
    return running;
  }

  /** Sends a task and waits for the answer, for the end of the worker, or for too long a silence. */
  #ask(running: Running, task: WorkerTask): Promise<WorkerReply> {
    const { worker } = running;
    return new Promise<WorkerReply>((resolve, reject) => {
      const settle = (finish: () => void): void => {
        running.watch?.end();
        worker.off('message', onMessage).off('error', onError).off('exit', onExit);
        finish();
      };
      this.#watch(running, () => settle(() => reject(new Standstill(running.stage))));
      const onMessage = (message: WorkerMessage): void => {
        if (message.kind === 'progress') {
          running.stage = message.stage;
          running.watch?.restart();
        } else {
          settle(() => resolve(message));
        }
      };
      const onError = (cause: unknown): void => settle(() => reject(crash(String(cause), cause)));
      const onExit = (code: number): void => settle(() => reject(crash(`exit code ${code}`)));
      worker.on('message', onMessage).on('error', onError).on('exit', onExit);
      try {
        post(worker, task);
      } catch (error) {
        settle(() => reject(error));
      }
    });
  }

  /** Calls `onSilence` once nothing was heard for as long as the stage of the thread allows. */
  #watch(running: Running, onSilence: () => void): void {
    let ticksLeft = TICKS;
    let timer: NodeJS.Timeout;
    const wait = (): void => {
      const { stage, isStopping } = running;
      const bound = isStopping ? this.#bounds.stopping[stage] : this.#bounds[stage];
      timer = setTimeout(tick, bound / TICKS);
    };
    const tick = (): void => {
      ticksLeft -= 1;
      if (ticksLeft === 0) onSilence();
      else wait();
    };
    const end = (): void => clearTimeout(timer);
    const restart = (): void => {
      end();
      ticksLeft = TICKS;
      wait();
    };
    running.watch = { restart, end };
    wait();
  }

  /**
   * Parts with a thread that does not answer. One that reads runs nothing but JavaScript and can be
   * ended at any time. To end one that has native work under way would abort the whole process, so
   * it is left to itself: it does not keep the process alive, and no later task gets it.
   */
  async #giveUp(running: Running): Promise<void> {
    if (this.#running === running) this.#running = undefined;
    const { worker, stage } = running;
    worker.on('error', () => undefined);
    if (stage === 'reading') await worker.terminate();
    else worker.unref();
  }
}

/** Waits for silence. */
interface Watch {
  /** The silence begins anew. */
  restart(): void;
  end(): void;
}

type Failed = Extract<WorkerReply, { kind: 'failed' }>;

/** The thread has said nothing for too long. */
class Standstill extends Error {
  readonly stage: Stage;

  constructor(stage: Stage) {
    super('The thread is silent.');
    this.stage = stage;
  }
}

function standstillError(stage: Stage, milliseconds: number): MediaError {
  const isDoing = stage === 'reading' ? 'reading it' : 'decoding it';
  return new MediaError(
    'input',
    `An input is damaged: ${isDoing} has come to a standstill, and was given up after ` +
      `${milliseconds / 1000} s. Convert the video to H.264 in MP4 and the audio to WAV, and send those.`,
  );
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
