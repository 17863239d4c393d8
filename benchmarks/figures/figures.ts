import type { Figure } from '../measure/figure.ts';
import { batchThroughput } from './batch-throughput.ts';
import { bundleSize } from './bundle-size.ts';
import { callOverhead } from './call-overhead.ts';
import { concurrentJobs } from './concurrent-jobs.ts';
import { fileTransfer } from './file-transfer.ts';
import { firstStart } from './first-start.ts';
import { importTime } from './import-time.ts';
import { installSize } from './install-size.ts';
import { manyJobs } from './many-jobs.ts';
import { validation } from './validation.ts';

/** Every figure by the name that `--only` knows, in the order of the document. */
export const figures: Record<string, Figure> = {
  size: bundleSize,
  import: importTime,
  install: installSize,
  start: firstStart,
  call: callOverhead,
  jobs: concurrentJobs,
  scale: manyJobs,
  validation,
  files: fileTransfer,
  batch: batchThroughput,
};
