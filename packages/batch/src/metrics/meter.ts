import type { Meter } from '@opentelemetry/api';
import type { MeterProvider } from './meter-provider.js';

const meterName = '@sync3/batch';

/**
 * The meter that instruments are made with.
 *
 * @param provider by default the global one of `@opentelemetry/api`, an optional peer dependency.
 * @returns `undefined` where there is neither.
 */
export async function meterOf(provider?: MeterProvider): Promise<Meter | undefined> {
  if (provider) return provider.getMeter(meterName) as Meter;
  try {
    const { metrics } = await import('@opentelemetry/api');
    return metrics.getMeter(meterName);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ERR_MODULE_NOT_FOUND') return undefined;
    throw error;
  }
}
