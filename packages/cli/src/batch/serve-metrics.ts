import { type Database, type MeterProvider, observeBatch, serveHealth } from '@sync3/batch';

/** What is being served for monitoring. */
export interface Monitoring {
  /** `http://127.0.0.1:` and the port. */
  readonly url: string;
  /** What the work is to be measured with. */
  readonly meterProvider: MeterProvider;
  close(): Promise<void>;
}

/**
 * Serves `/metrics` in the text format of Prometheus, and `/health`.
 *
 * @param isWorker whether this process works on the batch.
 * @throws {BatchError} the port is not free.
 */
export async function serveMetrics(
  database: Database,
  { batch, port, isWorker }: { batch: string; port: number; isWorker: boolean },
): Promise<Monitoring> {
  const [{ PrometheusExporter }, sdk] = await Promise.all([
    import('@opentelemetry/exporter-prometheus'),
    import('@opentelemetry/sdk-metrics'),
  ]);
  // It answers requests, and the server that checks where they come from is our own.
  const exporter = new PrometheusExporter({
    preventServerStart: true,
    withoutScopeInfo: true,
    withoutTargetInfo: true,
  });
  const meterProvider = new sdk.MeterProvider({ readers: [exporter] });
  const metrics = exporter.getMetricsRequestHandler.bind(exporter);
  const server = await serveHealth(database, { batch, port, isWorker, metrics });
  const endObservation = await observeBatch(database, { batch, meterProvider });
  return {
    url: server.url,
    meterProvider,
    async close() {
      endObservation();
      await server.close();
      await meterProvider.shutdown();
    },
  };
}
