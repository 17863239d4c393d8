// The thread that renders, started by `render-thread.ts`. It has one job at a time.

import { parentPort } from 'node:worker_threads';
import { Logging, LogLevel } from 'mediabunny';
import { nativeWorkDone } from './native-work.js';
import { renderPreview } from './render-preview.js';
import {
  packError,
  type TransferredJob,
  type WorkerReply,
  type WorkerRequest,
} from './worker-messages.js';

if (parentPort === null) {
  throw new Error('This module is the render thread. Use createRenderer() to start it.');
}
const port = parentPort;

// What is wrong with an input is said by the errors; the library would print it a second time.
Logging.level = LogLevel.Silent;

let current: AbortController | undefined;

port.on('message', (request: WorkerRequest) => {
  switch (request.kind) {
    case 'render':
      return void render(request.job).then((reply) => port.postMessage(reply));
    case 'abort':
      return current?.abort();
    case 'stop':
      // Nothing else keeps the thread alive, so it ends by itself.
      return port.close();
  }
});

async function render(job: TransferredJob): Promise<WorkerReply> {
  current = new AbortController();
  const reply = await renderPreview({ ...job, signal: current.signal }).then(
    (file): WorkerReply => ({ kind: 'rendered', file }),
    (error: unknown): WorkerReply => ({ kind: 'failed', error: packError(error) }),
  );
  await nativeWorkDone(port);
  return reply;
}
