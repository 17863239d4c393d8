// A worker that does not answer every job: what it does instead is the job's `videoPath`. Before it
// falls silent it writes the job's output file.

import { writeFileSync } from 'node:fs';
import { parentPort } from 'node:worker_threads';

let jobs = 0;

parentPort.on('message', ({ kind, job }) => {
  // After the first job it does not even end when it is told to.
  if (kind === 'stop' && jobs === 0) parentPort.close();
  if (kind !== 'render') return;
  jobs += 1;
  const finish = () =>
    parentPort.postMessage({
      kind: 'rendered',
      file: { path: job.outputPath, durationSeconds: jobs, sizeBytes: 0 },
    });
  const progress = (stage) => parentPort.postMessage({ kind: 'progress', stage });
  switch (job.videoPath) {
    case 'silent while reading':
      progress('reading');
      writeFileSync(job.outputPath, '');
      for (;;);
    case 'silent while rendering':
      progress('rendering');
      return writeFileSync(job.outputPath, '');
    case 'slow': {
      let steps = 0;
      const timer = setInterval(() => {
        progress('rendering');
        steps += 1;
        if (steps < 60) return;
        clearInterval(timer);
        finish();
      }, 50);
      return undefined;
    }
    default:
      return finish();
  }
});
