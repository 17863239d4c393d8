/**
 * `multipleOf` on the decimal text of both numbers, as JSON writes them. Written without a look at
 * the SDK's own rule, in integers, so that the two can disagree.
 */
export function isExactMultiple(value: number, divisor: number): boolean {
  const [a, b] = [decimal(value), decimal(divisor)];
  const exponent = Math.min(a.exponent, b.exponent);
  const dividend = a.coefficient * 10n ** BigInt(a.exponent - exponent);
  return dividend % (b.coefficient * 10n ** BigInt(b.exponent - exponent)) === 0n;
}

/** The number as `coefficient * 10 ** exponent`. */
function decimal(value: number): { coefficient: bigint; exponent: number } {
  const text = JSON.stringify(value);
  const match = /^(-?\d+)(?:\.(\d+))?(?:e([+-]\d+))?$/.exec(text);
  if (!match) throw new RangeError(`${text} is not a JSON number`);
  const [, whole = '', fraction = '', exponent = '0'] = match;
  return { coefficient: BigInt(whole + fraction), exponent: Number(exponent) - fraction.length };
}
