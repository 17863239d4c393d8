import type { ClientOptions, Hooks } from '@sync3/sdk';
import type { WorkMetrics } from '../metrics/work-metrics.js';

/** The set-up of a client whose requests are measured. Its hooks are called as they are. */
export function measuredClient(
  options: ClientOptions & { fetch: typeof globalThis.fetch },
  metrics: WorkMetrics | undefined,
): ClientOptions {
  if (!metrics) return options;
  const { hooks = {}, fetch } = options;
  const measuring: Hooks = {
    onRequest: (event) => hooks.onRequest?.(event),
    onResponse: (event) => hooks.onResponse?.(event),
    onRetry: (event) => {
      metrics.requestRetried(event.error);
      return hooks.onRetry?.(event);
    },
    onPoll: (event) => hooks.onPoll?.(event),
    onWarning: (event) => hooks.onWarning?.(event),
  };
  return { ...options, fetch: metrics.measured(fetch), hooks: measuring };
}
