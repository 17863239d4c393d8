/** The middle and the extremes of repeated measurements. */
export interface Spread {
  median: number;
  minimum: number;
  maximum: number;
}

/** Puts repeated measurements together. */
export function spread(values: readonly number[]): Spread {
  return {
    median: percentile(values, 50),
    minimum: Math.min(...values),
    maximum: Math.max(...values),
  };
}

/**
 * The value below which `percent` of the values lie, interpolated between neighbours.
 *
 * @returns `NaN` for no values.
 */
export function percentile(values: readonly number[], percent: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  const position = ((sorted.length - 1) * percent) / 100;
  const below = sorted[Math.floor(position)] ?? Number.NaN;
  const above = sorted[Math.ceil(position)] ?? Number.NaN;
  return below + (above - below) * (position - Math.floor(position));
}

/** @returns `NaN` for no values. */
export function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
