import { type Parameter, parameters } from '@sync3/generated/parameters';
import type { Options } from 'yargs';
import { globalOptions } from '../global-options.js';
import { outputOptions } from '../output/output-options.js';
import { type ParameterOption, parameterOptions } from '../parameters/parameter-options.js';

/** Options that say more of a request than one parameter. */
const wholeOptions = {
  set: {
    type: 'string',
    array: true,
    requiresArg: true,
    describe:
      'a parameter by its path, such as inputs.video=talk.mp4; lists and objects as JSON. May be repeated',
  },
  params: {
    type: 'string',
    // And not `requiresArg`, for which a lone - is no value.
    nargs: 1,
    describe: 'a JSON file with the request, - for stdin; other options replace what it says',
  },
} as const satisfies Record<string, Options>;

const keyOptions = {
  'idempotency-key': {
    type: 'string',
    requiresArg: true,
    describe:
      'the same key names the same job: it is paid for once, however often the command runs',
  },
} as const satisfies Record<string, Options>;

/** Options of the commands that make a job, beside those of its parameters. */
const ownOptions = { ...wholeOptions, ...keyOptions, ...outputOptions, ...globalOptions };

/** What yargs itself knows, and the letters of short options. */
const ofYargs = ['help', 'version', 'get-yargs-completions', 'o'];

/** Parameters, and the options for them. */
export interface RequestForm {
  readonly parameters: readonly Parameter[];
  readonly options: readonly ParameterOption[];
}

/** The options for a list of parameters. */
export function formOf(parameters: readonly Parameter[]): RequestForm {
  const taken = [...Object.keys(ownOptions), ...ofYargs];
  return { parameters, options: parameterOptions(parameters, taken) };
}

/** The parameters of the document. */
export const requestForm = formOf(parameters);

/** Options that make a job: those of `run`, `submit` and `estimate`. */
export const requestOptions = {
  // Not as a record, or the others would lose their types.
  ...(optionsOf(requestForm) as object),
  ...wholeOptions,
};

/** Options of the commands that submit a job. */
export const submitOptions = { ...requestOptions, ...keyOptions };

/** The options for parameters, as yargs takes them. */
export function optionsOf({ options }: RequestForm): Record<string, Options> {
  return Object.fromEntries(options.map(({ name, definition }) => [name, definition]));
}

/** The values of `requestOptions`. */
export interface RequestArguments {
  readonly params?: string | undefined;
  readonly set?: readonly string[] | undefined;
  /** Those for parameters, by their names. */
  readonly [name: string]: unknown;
}
