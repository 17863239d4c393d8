import type { Options, PositionalOptions } from 'yargs';
import { numberOption } from '../request/number-option.js';

/** The job that a command is about. */
export const taskUUIDPositional = {
  type: 'string',
  demandOption: true,
  describe: 'what `run` and `submit` print',
} as const satisfies PositionalOptions;

/** What is known about it. */
export const jobOptions = {
  results: numberOption('results', 'how many results it was asked for (default: 1)', 1),
} as const satisfies Record<string, Options>;
