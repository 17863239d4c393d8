// This file is generated from the composed document by tooling/spec/src/rules.

/**
 * Whether a number, as JSON writes it, has at most so many decimals: `multipleOf: 0.01`, exact.
 * Dividing by 0.01 instead would refuse 0.07 and 1.13, whose quotients are not whole in binary.
 */
export function hasDecimals(value: number, decimals: number): boolean {
  // Right when it says yes: the nearest double of such a decimal is written with no more digits.
  const scale = 10 ** decimals;
  if (Math.round(value * scale) / scale === value) return true;
  const [mantissa = '', exponent = '0'] = `${value}`.split('e');
  return (mantissa.split('.')[1]?.length ?? 0) - Number(exponent) <= decimals;
}

/** `multipleOf` on the decimal text of both numbers, as JSON writes them. */
export function isMultipleOf(value: number, divisor: number): boolean {
  const [dividend, unit] = [value, divisor].map((number) => {
    const [mantissa = '', exponent = '0'] = `${number}`.split('e');
    const [whole = '', fraction = ''] = mantissa.split('.');
    return { digits: BigInt(whole + fraction), exponent: Number(exponent) - fraction.length };
  });
  if (!dividend || !unit) return false;
  const lowest = Math.min(dividend.exponent, unit.exponent);
  const scaled = ({ digits, exponent }: typeof unit) => digits * 10n ** BigInt(exponent - lowest);
  return scaled(dividend) % scaled(unit) === 0n;
}
