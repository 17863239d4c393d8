/**
 * Whether a number, as JSON writes it, has at most two decimals: `multipleOf: 0.01`, exact.
 * Dividing by 0.01 instead would refuse 0.07 and 1.13, whose quotients are not whole in binary.
 */
export function isHundredths(value: number): boolean {
  const [mantissa = '', exponent = '0'] = `${value}`.split('e');
  const decimals = mantissa.split('.')[1]?.length ?? 0;
  return decimals - Number(exponent) <= 2;
}

/** The nearest number with two decimals: takes the noise out of 0.1 + 0.2. */
export function roundToHundredths(value: number): number {
  return isHundredths(value) ? value : Math.round(value * 100) / 100;
}
