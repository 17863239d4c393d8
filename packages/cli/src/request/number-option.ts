import type { Options } from 'yargs';

/**
 * An option that takes a number. yargs would pass on `NaN` for a text; which numbers make sense is
 * for the rules of the API to say.
 */
export function numberOption(name: string, describe: string, least = -Infinity) {
  return {
    type: 'number',
    requiresArg: true,
    describe,
    coerce: (value: number | undefined) => {
      if (value === undefined || value >= least) return value;
      const wanted = least > -Infinity ? `a number from ${least}` : 'a number';
      throw new Error(`--${name} takes ${wanted}.`);
    },
  } as const satisfies Options;
}
