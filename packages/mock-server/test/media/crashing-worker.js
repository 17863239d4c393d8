// A render worker that dies when a job asks for it, and otherwise answers as if it had rendered.

import { parentPort } from 'node:worker_threads';

let renders = 0;

parentPort.on('message', ({ kind, job }) => {
  if (kind === 'stop') parentPort.close();
  if (kind !== 'render') return;
  renders += 1;
  if (job.videoPath === 'exit') process.exit(3);
  if (job.videoPath === 'throw') throw new Error('Something broke.');
  parentPort.postMessage({
    kind: 'rendered',
    file: { path: job.outputPath, durationSeconds: renders, sizeBytes: 0 },
  });
});
