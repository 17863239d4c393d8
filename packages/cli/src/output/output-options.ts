import type { Options } from 'yargs';
import type { OptionValues } from '../option-values.js';
import { numberOption } from '../request/number-option.js';

/** Options of the commands that wait for results. */
export const outputOptions = {
  output: {
    alias: 'o',
    type: 'string',
    requiresArg: true,
    describe:
      'the file to save the result in; several become out-1.mp4, out-2.mp4. Without it the URLs are printed',
  },
  force: {
    type: 'boolean',
    default: false,
    describe: 'replace files that exist',
  },
  timeout: numberOption(
    'timeout',
    'how long to wait for the result, in seconds (default: 1800)',
    1,
  ),
} as const satisfies Record<string, Options>;

/** Their values. */
export type OutputArguments = OptionValues<typeof outputOptions>;
