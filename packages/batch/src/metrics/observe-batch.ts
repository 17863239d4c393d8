import type { BatchObservableResult } from '@opentelemetry/api';
import type { Queries } from '../database/database.js';
import { findBatch } from '../ledger/find-batch.js';
import type { Hold } from '../ledger/hold.js';
import { itemStates } from '../ledger/item-state.js';
import { attribute } from './attributes.js';
import { meterOf } from './meter.js';
import type { MeterProvider } from './meter-provider.js';
import { type Figures, figuresReader } from './read-figures.js';

/** What is observed, and where it goes. */
export interface ObserveOptions {
  /** Name of the batch. @default 'default' */
  batch?: string | undefined;
  /** @default the global one of `@opentelemetry/api`, where that is installed */
  meterProvider?: MeterProvider | undefined;
}

const holdReasons = [
  'person',
  'failures',
  'refusals',
  'credits',
] as const satisfies Hold['reason'][];
const costStates = ['spent', 'uncertain', 'reserved'] as const;

/**
 * Observes a batch as a whole with OpenTelemetry: items by state, costs against the budget, workers that
 * are alive, and holds. The ledger is read at each collection, from indexes; while the database does not
 * answer nothing is observed. Where several processes work on a batch, one is enough to observe it. What
 * a worker does itself is measured by `workOnBatch`.
 *
 * @returns what ends the observation.
 * @throws {BatchError} nobody has planned such a batch.
 *
 * @example
 * const end = await observeBatch(database, { batch: 'clips' });
 */
export async function observeBatch(
  queries: Queries,
  { batch = 'default', meterProvider }: ObserveOptions = {},
): Promise<() => void> {
  const read = figuresReader(queries, { batch, batchId: await findBatch(queries, batch) });
  const meter = await meterOf(meterProvider);
  if (!meter) return () => {};
  const gauge = (name: string, unit: string, description: string) =>
    meter.createObservableGauge(`sync3.batch.${name}`, { unit, description });
  const items = gauge('items', '{item}', 'Items of the batch.');
  const cost = gauge('cost', '{USD}', 'What the batch has cost, may have cost, and has reserved.');
  const limit = gauge('cost.limit', '{USD}', 'What the batch may cost.');
  const workers = gauge('workers', '{worker}', 'Workers that are alive.');
  const held = gauge('held', '1', 'Whether the batch is held, so that no job is begun.');
  const observe = (result: BatchObservableResult, { counts, costs, ...figures }: Figures) => {
    const labels = { [attribute.batch]: batch };
    for (const state of itemStates) {
      result.observe(items, counts[state], { ...labels, [attribute.state]: state });
    }
    for (const state of costStates) {
      result.observe(cost, costs[state], { ...labels, [attribute.cost]: state });
    }
    if (costs.maxCost !== null) result.observe(limit, costs.maxCost, labels);
    result.observe(workers, figures.workers.length, labels);
    for (const reason of holdReasons) {
      const isHeld = figures.held?.reason === reason;
      result.observe(held, isHeld ? 1 : 0, { ...labels, [attribute.hold]: reason });
    }
  };
  const callback = async (result: BatchObservableResult) => {
    const figures = await read().catch(() => undefined);
    if (figures) observe(result, figures);
  };
  const observed = [items, cost, limit, workers, held];
  meter.addBatchObservableCallback(callback, observed);
  return () => meter.removeBatchObservableCallback(callback, observed);
}
