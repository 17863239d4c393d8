import {
  AggregationTemporality,
  type DataPoint,
  type Histogram,
  InMemoryMetricExporter,
  MeterProvider,
  PeriodicExportingMetricReader,
} from '@opentelemetry/sdk-metrics';

/** A meter provider as an application sets it up, and what has been measured with it. */
export function collector() {
  const exporter = new InMemoryMetricExporter(AggregationTemporality.CUMULATIVE);
  const reader = new PeriodicExportingMetricReader({ exporter, exportIntervalMillis: 3_600_000 });
  const meterProvider = new MeterProvider({ readers: [reader] });
  return {
    meterProvider,
    /** The points of an instrument as of now: attributes, and the value, or how often there was one. */
    async points(name: string) {
      await meterProvider.forceFlush();
      const [metric] = (exporter.getMetrics().at(-1)?.scopeMetrics ?? [])
        .flatMap(({ metrics }) => metrics)
        .filter(({ descriptor }) => descriptor.name === name);
      const points = (metric?.dataPoints ?? []) as DataPoint<number | Histogram>[];
      return points.map(({ attributes, value }) => ({
        ...attributes,
        value: typeof value === 'number' ? value : value.count,
      }));
    },
  };
}
