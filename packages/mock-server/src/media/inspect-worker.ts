// The thread that reads what media files are, started by `media-reader.ts`. It decodes nothing, so
// it runs nothing but JavaScript and can be ended at any time.

import { parentPort } from 'node:worker_threads';
import { Logging, LogLevel } from 'mediabunny';
import { inspectMedia } from './inspect-media.js';
import { packError, type WorkerMessage, type WorkerRequest } from './worker-messages.js';

if (parentPort === null) {
  throw new Error('This module is a thread. Use createMediaReader() to start it.');
}
const port = parentPort;

// What is wrong with a file is said by the errors; the library would print it a second time.
Logging.level = LogLevel.Silent;

// What a damaged file breaks beside the call that is answered concerns nobody.
process.on('unhandledRejection', () => undefined);

say({ kind: 'progress', stage: 'reading' });

port.on('message', (request: WorkerRequest) => {
  if (request.kind === 'stop') return port.close();
  if (request.kind !== 'inspect') return;
  void inspectMedia(request.path).then(
    (facts) => say({ kind: 'inspected', facts }),
    (error: unknown) => say({ kind: 'failed', error: packError(error) }),
  );
});

function say(message: WorkerMessage): void {
  port.postMessage(message);
}
