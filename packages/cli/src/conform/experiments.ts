import type { Experiment } from './experiment.js';
import { authenticationRow } from './experiments/authentication-row.js';
import { dryRun } from './experiments/dry-run.js';
import { failingJobs } from './experiments/failing-jobs.js';
import { inputs } from './experiments/inputs.js';
import { refusals } from './experiments/refusals.js';
import { retention } from './experiments/retention.js';
import { severalResults } from './experiments/several-results.js';
import { expiredUrl, finishedJob, singleJob } from './experiments/single-job.js';
import { unknownTask } from './experiments/unknown-task.js';

/** The series: what costs nothing first, then the cheapest. */
export const experiments: readonly Experiment[] = [
  dryRun,
  unknownTask,
  authenticationRow,
  refusals,
  inputs,
  failingJobs,
  singleJob,
  finishedJob,
  expiredUrl,
  severalResults,
  retention,
];
