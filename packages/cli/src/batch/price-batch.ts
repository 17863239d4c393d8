import type { Ending } from '../exit-codes.js';
import type { BatchSession } from './batch-session.js';
import { tellWork } from './tell-work.js';

/**
 * Tells what the planned items of a batch would cost. Submits nothing.
 *
 * @throws what `estimateBatch` throws.
 */
export async function priceBatch(
  { database, client, reporter, signal }: BatchSession,
  { name, outputDir }: { name: string; outputDir: string },
): Promise<Ending> {
  const { estimateBatch } = await import('@sync3/batch');
  const estimate = await estimateBatch(database, {
    batch: name,
    client,
    signal,
    onEvent: tellWork(reporter, outputDir),
    onProgress: (progress) => reporter.tell({ event: 'pricing', ...progress }),
  });
  const isKnown = estimate.priced > 0 || estimate.items === 0;
  reporter.tell({
    event: 'batch-estimate',
    ...estimate,
    cost: isKnown ? Number(estimate.cost.toFixed(6)) : null,
  });
  return estimate.refused > 0 ? 'partial' : 'success';
}
