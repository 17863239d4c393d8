import type { CommandModule } from 'yargs';
import { batch } from './batch/index.js';
import { conform } from './conform.js';
import { contract } from './contract/index.js';
import { estimate } from './estimate.js';
import { mock } from './mock.js';
import { run } from './run.js';
import { status } from './status.js';
import { submit } from './submit.js';
import { upload } from './upload.js';
import { validate } from './validate.js';
import { wait } from './wait.js';

/** Every command, in the order of `--help` and of docs/cli.md. */
export const commands = [
  run,
  submit,
  wait,
  status,
  estimate,
  validate,
  upload,
  batch,
  mock,
  conform,
  contract,
  // Each has options of its own; yargs types a command by them.
] as unknown as CommandModule[];
