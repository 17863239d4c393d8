import type { Ending } from '../exit-codes.js';
import type { BatchSession } from './batch-session.js';
import {
  openManifest,
  type PlanningArguments,
  planOptionsOf,
  withoutDifference,
} from './plan-manifest.js';
import { tellWork } from './tell-work.js';

/**
 * Tells what the items of a batch would cost that are not begun: with a manifest, as planning it would
 * leave them. Plans and submits nothing.
 *
 * @throws what `estimateBatch` throws.
 */
export async function priceBatch(
  session: BatchSession,
  options: PlanningArguments & { manifest: string | undefined },
): Promise<Ending> {
  const { database, client, reporter, signal } = session;
  const { name, outputDir, manifest } = options;
  const { estimateBatch } = await import('@sync3/batch');
  let invalid = 0;
  const estimate = await estimateBatch(database, {
    batch: name,
    client,
    signal,
    ...(manifest !== undefined && {
      items: await openManifest(manifest, options),
      planOptions: planOptionsOf(session, manifest, options),
      onPlan: (summary) => {
        const { difference } = summary;
        if (difference) reporter.tell({ event: 'difference', file: manifest, ...difference });
        invalid = summary.invalid;
        reporter.tell({ event: 'checked-manifest', ...withoutDifference(summary) });
      },
    }),
    onEvent: tellWork(reporter, outputDir),
    onProgress: (progress) => reporter.tell({ event: 'pricing', ...progress }),
  });
  const isKnown = estimate.priced > 0 || estimate.items === 0;
  reporter.tell({ event: 'batch-estimate', ...estimate, cost: isKnown ? estimate.cost : null });
  return estimate.refused + invalid > 0 ? 'partial' : 'success';
}
