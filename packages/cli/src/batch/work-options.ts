import type { Options } from 'yargs';
import type { OptionValues } from '../option-values.js';
import { boundedOption, wholeNumberOption } from '../request/number-option.js';

/** What is planned. */
export const planOptions = {
  'skip-invalid': {
    type: 'boolean',
    default: false,
    describe: 'leave out lines that are wrong, instead of stopping before anything is submitted',
  },
  'retry-failed': {
    type: 'boolean',
    default: false,
    describe: 'plan the items that have failed once more, as new jobs that are paid for',
  },
  estimate: {
    type: 'boolean',
    default: false,
    describe: 'ask what the planned items would cost, and submit nothing',
  },
  'skip-check': {
    type: 'boolean',
    default: false,
    describe: 'do not check the files that were delivered, neither before nor at the end',
  },
} as const satisfies Record<string, Options>;

/** What holds for all workers of a batch together. It is kept in the ledger, which takes no more. */
export const limitOptions = {
  concurrency: wholeNumberOption(
    'concurrency',
    'most jobs under way at a time, of all workers together (default: 4)',
    1,
    10_000,
  ),
  rate: boundedOption('rate', 'most submits a second (default: no limit)', 0.01, 10_000),
  'max-cost': boundedOption(
    'max-cost',
    'USD; no job is submitted that could bring the cost of the batch above it (default: no limit)',
    0,
    10_000_000,
  ),
  'max-failures': wholeNumberOption(
    'max-failures',
    'so many jobs that fail in a row for the same reason hold the batch (default: 20)',
    1,
    1_000_000,
  ),
} as const satisfies Record<string, Options>;

/** How long this command waits for what does not come. */
export const patienceOptions = {
  'job-timeout': boundedOption(
    'job-timeout',
    'seconds to wait for a job without a break; after that it is looked at now and then, and keeps its place (default: 3600)',
    1,
    86_400,
  ),
  patience: boundedOption(
    'patience',
    'seconds to look for results that cannot be fetched yet, when nothing else is left to do (default: 600)',
    0,
    86_400,
  ),
} as const satisfies Record<string, Options>;

/** The values of `patienceOptions`. */
export type PatienceArguments = OptionValues<typeof patienceOptions>;

/** The values of `planOptions`. */
export type PlanArguments = OptionValues<typeof planOptions>;

/** The values of `limitOptions`. */
export type LimitArguments = OptionValues<typeof limitOptions>;
