import { hasDecimals } from '@sync3/generated/rules';

/** The nearest number with two decimals: takes the noise out of 0.1 + 0.2. */
export function roundToHundredths(value: number): number {
  return hasDecimals(value, 2) ? value : Math.round(value * 100) / 100;
}
