import type { JobRecord } from './conform-state.js';

/**
 * USD for a second of video that are assumed until the API has named a price: the highest that a
 * reseller of sync-3 publishes (Atlas, 2026).
 */
const assumedPricePerSecond = 0.22;
/** Of the sample clip, which no sync mode makes longer here. */
const sampleSeconds = 5.02;

/** What is known of prices and costs. */
export interface Costs {
  /** USD for a result, as a dry run has told. */
  price?: number | undefined;
  jobs: Readonly<Record<string, JobRecord>>;
}

/** USD that one more result may cost: the most that a dry run or an earlier result has told. */
export function pricePerResult({ price, jobs }: Costs): number {
  const told = Object.values(jobs).flatMap(({ cost, results }) =>
    cost === undefined ? [] : cost / results,
  );
  if (price !== undefined) told.push(price);
  return told.length > 0 ? Math.max(...told) : assumedPricePerSecond * sampleSeconds;
}

/**
 * USD that the jobs have cost, or may have: a job whose cost nobody has told counts with what was
 * held for it, and so does a repeated submit that may have been accepted.
 */
export function spent({ jobs }: Pick<Costs, 'jobs'>): number {
  return Object.values(jobs).reduce((sum, { state, cost, held, repeats }) => {
    const own = state === 'refused' ? 0 : (cost ?? held);
    const again = repeats.filter((repeat) => repeat !== 'refused').length * Math.max(own, held);
    return sum + own + again;
  }, 0);
}
