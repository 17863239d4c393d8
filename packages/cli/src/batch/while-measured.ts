import type { MeterProvider } from '@sync3/batch';
import type { BatchSession } from './batch-session.js';
import type { MetricsArguments } from './monitor-options.js';

/**
 * Does something, and with `--metrics-port` serves the metrics of the batch as long as that takes.
 *
 * @param isWorker whether this process works on the batch.
 * @param work gets what it is measured with.
 */
export async function whileMeasured<Result>(
  { database, reporter }: Pick<BatchSession, 'database' | 'reporter'>,
  { name, metricsPort, isWorker }: MetricsArguments & { name: string; isWorker: boolean },
  work: (meterProvider: MeterProvider | undefined) => Promise<Result>,
): Promise<Result> {
  if (metricsPort === undefined) return work(undefined);
  // Loaded when it is wanted: it takes a while.
  const { serveMetrics } = await import('./serve-metrics.js');
  const { url, meterProvider, close } = await serveMetrics(database, {
    batch: name,
    port: metricsPort,
    isWorker,
  });
  reporter.tell({ event: 'metrics', url: `${url}/metrics` });
  try {
    return await work(meterProvider);
  } finally {
    await close();
  }
}
