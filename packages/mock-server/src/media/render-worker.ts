// The thread that renders, started by `renderer.ts`. It has one job at a time.

import { parentPort } from 'node:worker_threads';
import { Logging, LogLevel } from 'mediabunny';
import { nativeWorkDone } from './native-work.js';
import { type OnProgress, renderPreview } from './render-preview.js';
import {
  packError,
  type Stage,
  type TransferredJob,
  type WorkerMessage,
  type WorkerReply,
  type WorkerRequest,
} from './worker-messages.js';

if (parentPort === null) {
  throw new Error('This module is the render thread. Use createRenderer() to start it.');
}
const port = parentPort;

// What is wrong with an input is said by the errors; the library would print it a second time.
Logging.level = LogLevel.Silent;

// A decoder that failed is closed in a way nobody waits for, and that fails once more. Whoever asked
// for its frames has the error already; a thread that ended of it would take the process along.
process.on('unhandledRejection', () => undefined);

/** How often the thread says that it gets on, at most, in milliseconds. */
const PROGRESS_INTERVAL = 1000;

let current: AbortController | undefined;

port.on('message', (request: WorkerRequest) => {
  switch (request.kind) {
    case 'render':
      return void render(request.job).then(say);
    case 'abort':
      return current?.abort();
    case 'stop':
      // Nothing else keeps the thread alive, so it ends by itself.
      return port.close();
  }
});

/** Passes on what is new, and otherwise only that it still gets on. */
function createProgress(): OnProgress {
  let last: Stage | undefined;
  let nextAt = 0;
  return (stage) => {
    const now = performance.now();
    if (stage === last && stage === 'rendering' && now < nextAt) return;
    last = stage;
    nextAt = now + PROGRESS_INTERVAL;
    say({ kind: 'progress', stage });
  };
}

function say(message: WorkerMessage): void {
  port.postMessage(message);
}

async function render(job: TransferredJob): Promise<WorkerReply> {
  current = new AbortController();
  const reply = await renderPreview({ ...job, signal: current.signal }, createProgress()).then(
    (file): WorkerReply => ({ kind: 'rendered', file }),
    (error: unknown): WorkerReply => ({ kind: 'failed', error: packError(error) }),
  );
  await nativeWorkDone(port);
  return reply;
}
