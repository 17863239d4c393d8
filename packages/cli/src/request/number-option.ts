import type { Options } from 'yargs';

/**
 * An option that takes a number. yargs would pass on `NaN` for a text; which numbers make sense is
 * for the rules of the API to say.
 */
export function numberOption(name: string, describe: string, least = -Infinity) {
  const wanted = least > -Infinity ? `a number from ${least}` : 'a number';
  return numericOption(name, describe, wanted, (value) => value >= least);
}

/** An option that takes a number within bounds. */
export function boundedOption(name: string, describe: string, least: number, most: number) {
  const isGood = (value: number) => value >= least && value <= most;
  return numericOption(name, describe, `a number from ${least} to ${most}`, isGood);
}

/** An option that takes a whole number within bounds. */
export function wholeNumberOption(name: string, describe: string, least: number, most: number) {
  const isGood = (value: number) => Number.isInteger(value) && value >= least && value <= most;
  return numericOption(name, describe, `a whole number from ${least} to ${most}`, isGood);
}

function numericOption(
  name: string,
  describe: string,
  wanted: string,
  isGood: (value: number) => boolean,
) {
  return {
    type: 'number',
    requiresArg: true,
    describe,
    coerce: (value: number | undefined) => {
      if (value === undefined || isGood(value)) return value;
      throw new Error(`--${name} takes ${wanted}.`);
    },
  } as const satisfies Options;
}
