import type { ManifestError } from '@sync3/batch';
import type { Sync3Error } from '@sync3/sdk';
import type { Ending } from '../exit-codes.js';

/**
 * An error of the batch engine as a user needs it; `undefined` when it is none. The classes are told
 * by their names, as to load them would load the databases.
 */
export function describeBatchError(
  error: Sync3Error,
): { message: string; next?: string; ending: Ending } | undefined {
  const { name, message, summary, retryable, code } = error;
  switch (name) {
    case 'WebhookError': {
      // The advice of the SDK is for programs.
      const next =
        code === 'invalidEndpoint'
          ? 'Give --webhook-url an http(s) URL without credentials.'
          : 'Set SYNC3_WEBHOOK_SECRET, as `openssl rand -hex 32` gives one, for the receiver too.';
      return { message: summary, next, ending: 'badInput' };
    }
    case 'BatchError':
      return { message, ending: 'badInput' };
    case 'ManifestError': {
      // The lines that are wrong were told one by one.
      const { problems } = error as ManifestError;
      const next = 'Correct them and run the command again, or leave them out: --skip-invalid';
      return { message: summary, ending: 'badInput', ...(problems.length > 0 && { next }) };
    }
    case 'DatabaseInUseError':
      return {
        message,
        next: 'Look at it with `sync3 batch status`, or wait until that process has ended.',
        ending: 'badInput',
      };
    case 'DatabaseUnavailableError':
      return retryable || code === 'lockLost'
        ? {
            message,
            next: 'When that is mended, run the command again: it goes on where it was.',
            ending: 'network',
          }
        : { message, ending: 'badInput' };
    default:
      return undefined;
  }
}
