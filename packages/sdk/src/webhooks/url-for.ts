import { isUuid } from '@sync3/generated/rules';
import { WebhookError } from '../errors/webhook-error.js';
import { readSecrets, type WebhookSecret } from './secrets.js';
import { taskParameter, tokenFor, tokenParameter } from './token.js';

/**
 * The `webhookURL` of one job: the endpoint, with the taskUUID and a token that only the holder of
 * the secret can make. Runware signs nothing; what it sends can only be told from what others send
 * by the URL it was sent to (runware.ai/docs/platform/webhooks). So use HTTPS, and keep query
 * strings out of access logs.
 *
 * @param endpoint where the handler listens; its own query is kept, its fragment is not.
 * @param taskUUID the job's, which has to be fixed before the submit: pass the same one there.
 * @param options.secret at least 16 characters, and no pattern; the handler needs the same. Of several
 *   the first signs. @default SYNC3_WEBHOOK_SECRET, in which each line is a secret
 * @throws {WebhookError} by `code`: `missingSecret` or `weakSecret`; `invalidEndpoint`, no http(s) URL,
 *   or one with credentials; `invalidTaskUUID`, no UUID.
 *
 * @example
 * const taskUUID = crypto.randomUUID();
 * const webhookURL = await webhooks.urlFor('https://example.com/hooks/lipsync', taskUUID);
 * await sync3.lipsync.submit({ ...params, taskUUID, webhookURL });
 */
export async function urlFor(
  endpoint: string | URL,
  taskUUID: string,
  options: { secret?: WebhookSecret | undefined } = {},
): Promise<string> {
  const [secret] = readSecrets(options.secret);
  // Neither the endpoint nor the taskUUID is repeated in an error: the one may hold a password, the
  // other may be anything.
  if (!isUuid(String(taskUUID))) {
    throw new WebhookError('The taskUUID is not a UUID.', {
      code: 'invalidTaskUUID',
      advice: 'Fix one with crypto.randomUUID(), and pass it to the submit too.',
    });
  }
  if (!URL.canParse(String(endpoint))) throw invalidEndpoint('is not a URL');
  const url = new URL(endpoint);
  if (!/^https?:$/.test(url.protocol)) throw invalidEndpoint('is no http(s) URL');
  if (url.username || url.password) throw invalidEndpoint('has credentials');
  const own = { [taskParameter]: taskUUID, [tokenParameter]: await tokenFor(secret, taskUUID) };
  for (const name in own) {
    if (url.searchParams.has(name)) url.searchParams.delete(name);
  }
  // Appended as text: `searchParams` would rewrite the endpoint's own query.
  url.search += `${url.search ? '&' : '?'}${new URLSearchParams(own)}`;
  url.hash = '';
  return url.href;
}

function invalidEndpoint(what: string): WebhookError {
  return new WebhookError(`The endpoint ${what}.`, {
    code: 'invalidEndpoint',
    advice: 'It must be an http(s) URL without credentials that Runware can reach.',
  });
}
