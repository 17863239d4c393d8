// The thread that renders, started by `renderer.ts`. It has one job at a time.

import { parentPort } from 'node:worker_threads';
import { Logging, LogLevel } from 'mediabunny';
import { renderPreview } from './render-preview.js';
import {
  packError,
  type TransferredJob,
  type WorkerReply,
  type WorkerRequest,
} from './worker-messages.js';

// What is wrong with an input is said by the errors; the library would print it a second time.
Logging.level = LogLevel.Silent;

let current: AbortController | undefined;

parentPort?.on('message', (request: WorkerRequest) => {
  if (request.kind === 'abort') current?.abort();
  else void render(request.job);
});

async function render(job: TransferredJob): Promise<void> {
  const controller = new AbortController();
  current = controller;
  reply(
    await renderPreview({ ...job, signal: controller.signal }).then(
      (file): WorkerReply => ({ kind: 'rendered', file }),
      (error: unknown): WorkerReply => ({ kind: 'failed', error: packError(error) }),
    ),
  );
}

function reply(message: WorkerReply): void {
  parentPort?.postMessage(message);
}
