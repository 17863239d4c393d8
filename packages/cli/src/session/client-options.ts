import { type ClientOptions, Sync3, Sync3Error } from '@sync3/sdk';
import { CommandError } from '../command-error.js';
import type { GlobalArguments } from '../global-options.js';
import { inOptionWords } from '../parameters/issue-words.js';
import { requestForm } from '../request/request-options.js';
import type { Reporter } from './reporter.js';

const howToGetIn = 'Set RUNWARE_API_KEY in the environment, or try it without a key: --mock';

/**
 * How a client is set up for the API, or for the mock server of `--mock`: with its key and address,
 * both looked at, and with what tells of retries and warnings.
 *
 * @throws {CommandError} there is no usable key, or the base URL is none.
 */
export function clientOptions(
  { baseUrl }: Pick<GlobalArguments, 'baseUrl'>,
  mockUrl: string | undefined,
  reporter: Reporter,
): ClientOptions {
  const apiKey = mockUrl ? 'mock' : process.env['RUNWARE_API_KEY'];
  if (!apiKey) throw new CommandError('There is no API key.', howToGetIn, 'refused');
  const options: ClientOptions = {
    baseUrl: mockUrl ?? baseUrl,
    hooks: {
      onRetry: ({ retry, delayMs, error: { message } }) =>
        reporter.tell({ event: 'retry', retry, delayMs: Math.round(delayMs), message }),
      onWarning: ({ message, issue }) =>
        reporter.tell({
          event: 'warning',
          message: issue ? inOptionWords(issue, requestForm).message : message,
        }),
    },
  };
  try {
    // A key that comes from a function is not looked at yet, so this is about the base URL.
    new Sync3({ ...options, apiKey: () => apiKey });
  } catch (cause) {
    const next = 'Correct --base-url or RUNWARE_BASE_URL.';
    throw new CommandError((cause as Error).message, next, 'badInput', cause);
  }
  try {
    new Sync3({ ...options, apiKey });
  } catch (cause) {
    if (!Sync3Error.is(cause)) throw cause;
    throw new CommandError('The API key cannot be used.', howToGetIn, 'refused', cause);
  }
  return { ...options, apiKey };
}
