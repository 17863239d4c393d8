/**
 * What gives meters: a `MeterProvider` of OpenTelemetry, by as much of it as is used here. Programs without
 * OpenTelemetry need not have its types.
 */
export interface MeterProvider {
  /** A `Meter` of `@opentelemetry/api`. */
  getMeter(name: string): object;
}
