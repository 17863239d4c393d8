import type { InferredOptionTypes, Options } from 'yargs';

/** The values of options, under their names as code writes them: `--sync-mode` as `syncMode`. */
export type OptionValues<O extends Record<string, Options>> = {
  [Name in keyof InferredOptionTypes<O> as CamelCase<Name>]: InferredOptionTypes<O>[Name];
};

type CamelCase<Name> = Name extends `${infer First}-${infer Rest}`
  ? `${First}${Capitalize<CamelCase<Rest>>}`
  : Extract<Name, string>;
