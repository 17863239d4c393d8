import { hasDecimals, isObject } from '@sync3/generated/rules';

/**
 * A copy of parameters as plain JSON, read once: URLs become strings, `undefined` goes, and the float
 * noise of times (0.1 + 0.2) is rounded to hundredths, as the SDK does before it validates.
 *
 * @returns the copy, or why there is none.
 */
export function plainParameters(params: unknown): Record<string, unknown> | string {
  if (!isObject(params)) return 'It must be an object: the parameters of a request.';
  let hasBlob = false;
  try {
    const json = JSON.stringify({ ...params }, (name, value) => {
      if (value instanceof Blob) hasBlob = true;
      if (typeof value === 'number' && name.endsWith('Time')) return roundToHundredths(value);
      // JSON has no such thing; no rule accepts `null`.
      return ['bigint', 'function', 'symbol'].includes(typeof value) ? null : value;
    });
    if (hasBlob) return 'It has a Blob, which no ledger can keep: name a file, a URL or a UUID.';
    return JSON.parse(json);
  } catch (error) {
    if (error instanceof RangeError) return 'It is nested too deeply.';
    return `It cannot be written as JSON: ${(error as Error).message}.`;
  }
}

function roundToHundredths(value: number): number {
  return hasDecimals(value, 2) ? value : Math.round(value * 100) / 100;
}
