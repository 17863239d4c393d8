import { baseUrl } from '@sync3/generated/constants';
import type { Options } from 'yargs';
import type { OptionValues } from './option-values.js';

/** Options of every command. There is none for the API key: other users of a machine can read it. */
export const globalOptions = {
  mock: {
    group: 'Everywhere:',
    type: 'boolean',
    default: false,
    describe:
      'work on a mock server that is started for this command: no key, no cost. It ends with the command, and its jobs with it',
  },
  'base-url': {
    group: 'Everywhere:',
    type: 'string',
    requiresArg: true,
    describe: `where the API is (default: RUNWARE_BASE_URL, else ${baseUrl})`,
  },
  json: {
    group: 'Everywhere:',
    type: 'boolean',
    default: false,
    describe: 'print one JSON object a line on stdout, progress included',
  },
  quiet: {
    group: 'Everywhere:',
    type: 'boolean',
    default: false,
    describe: 'print results and errors only',
  },
  debug: {
    group: 'Everywhere:',
    type: 'boolean',
    default: false,
    describe: 'print the stack of an error, too',
  },
} as const satisfies Record<string, Options>;

/** Their values. */
export type GlobalArguments = OptionValues<typeof globalOptions>;
