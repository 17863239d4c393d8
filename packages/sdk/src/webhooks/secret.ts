import { WebhookError } from '../errors/webhook-error.js';
import { environment } from '../options.js';

/** Characters. HMAC takes any length; one that is shorter can be guessed. */
const minLength = 16;

/**
 * The secret that tokens are made with. One from a file often ends in a line break.
 *
 * @throws {WebhookError} there is none, or it is too short.
 */
export function readSecret(given: string | undefined): string {
  const secret = String(given ?? environment('SYNC3_WEBHOOK_SECRET') ?? '').trim();
  if (secret.length >= minLength) return secret;
  throw new WebhookError(
    `There is no webhook secret of at least ${minLength} characters. ` +
      'Set SYNC3_WEBHOOK_SECRET, or pass secret.',
  );
}
