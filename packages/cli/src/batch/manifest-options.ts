import type { Options } from 'yargs';
import type { OptionValues } from '../option-values.js';

/** How a manifest is read. */
export const manifestOptions = {
  yes: {
    alias: 'y',
    type: 'boolean',
    default: false,
    describe: 'make the changes to items that were planned before, without asking',
  },
  'media-root': {
    type: 'string',
    array: true,
    nargs: 1,
    requiresArg: true,
    describe: 'a folder besides that of the manifest in which local media may lie; may be repeated',
  },
  'ignore-columns': {
    type: 'string',
    requiresArg: true,
    describe: 'names of columns that are passed over, with commas between them',
  },
} as const satisfies Record<string, Options>;

/** The values of `manifestOptions`. */
export type ManifestArguments = OptionValues<typeof manifestOptions>;

/** The names of `--ignore-columns`. */
export function ignoredColumns({ ignoreColumns }: ManifestArguments): string[] {
  return (ignoreColumns ?? '')
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '');
}
