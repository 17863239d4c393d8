import type { Options } from 'yargs';
import { faultOfAddress } from '../notify/address.js';
import type { OptionValues } from '../option-values.js';
import { wholeNumberOption } from '../request/number-option.js';

/** Where figures of a batch are served for programs. */
export const metricsOptions = {
  'metrics-port': wholeNumberOption(
    'metrics-port',
    'serve /metrics (Prometheus) and /health on this port of 127.0.0.1; 0 takes a free one',
    0,
    65_535,
  ),
} as const satisfies Record<string, Options>;

/** Who is told what a person would want to know. */
const notifyOptions = {
  'notify-command': {
    type: 'string',
    requiresArg: true,
    describe:
      'a line for the shell, run when the batch ends, is held or reaches --max-cost; it gets the event as JSON on stdin',
  },
  'notify-url': {
    type: 'string',
    requiresArg: true,
    describe:
      'an http or https address that the same JSON is posted to (default: SYNC3_NOTIFY_URL, which is better where the address is a secret)',
    coerce: (url: string | undefined) => {
      const fault = url === undefined ? undefined : faultOfAddress(url);
      if (fault) throw new Error(`--notify-url ${fault}`);
      return url;
    },
  },
} as const satisfies Record<string, Options>;

/** What watches over the work. */
export const monitorOptions = { ...metricsOptions, ...notifyOptions };

/** The values of `metricsOptions`. */
export type MetricsArguments = OptionValues<typeof metricsOptions>;

/** The values of `notifyOptions`. */
export type NotifyArguments = OptionValues<typeof notifyOptions>;
