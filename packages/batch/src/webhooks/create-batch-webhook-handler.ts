import { createDeliveryHandler, type WebhookError, type WebhookSecret } from '@sync3/sdk/webhooks';
import type { Queries } from '../database/database.js';
import { announceTask } from '../ledger/announcements.js';

/** How deliveries of batches are received. */
export interface BatchWebhookOptions {
  /**
   * The one that the workers have, or several of which any is accepted: `[current, earlier]` while one
   * replaces another.
   *
   * @default SYNC3_WEBHOOK_SECRET, in which each line is a secret
   */
  secret?: WebhookSecret | undefined;
  /**
   * Told of each delivery that has a valid token, once it is recorded; `isKnown` tells whether the
   * ledger has an item with this job. What it throws is told to `onError`.
   */
  onDelivery?: ((delivery: { taskUUID: string; isKnown: boolean }) => unknown) | undefined;
  /** Told of every delivery that is refused or cannot be recorded; `code` says why. */
  onError?: ((error: WebhookError) => unknown) | undefined;
  /**
   * Bound on an answer, in ms. When the database takes longer, the answer is 503 and the API repeats the
   * delivery. @default 4_500
   */
  timeoutMs?: number | undefined;
}

/**
 * A Fetch-API handler for the deliveries of all batches of a ledger, to be mounted in a server of yours
 * at the URL that `webhooks.url` names. It records in the ledger that there is news of a job: the worker
 * that waits for it asks the API within about a second, and if none runs, the next one does. Nothing
 * else in a delivery is believed, and the API is not asked here: no key is needed. A delivery twice, or
 * of a job that has settled, does no harm.
 *
 * It never throws and never rejects. Answers: 200 recorded, or the ledger does not have the job; 401 no
 * valid token; 400, 403, 405, 408 and 413 what is no delivery; 500 and 503 it could not be recorded.
 *
 * @throws {WebhookError} there is no secret (`missingSecret`), or one is weak (`weakSecret`).
 *
 * @example
 * const handler = createBatchWebhookHandler(database);
 * export default { fetch: handler };
 *
 * @example
 * import { toNodeListener } from '@sync3/sdk/node';
 *
 * app.use('/hooks/sync3', toNodeListener(createBatchWebhookHandler(database))); // before body parsers
 */
export function createBatchWebhookHandler(
  queries: Queries,
  { onDelivery, ...options }: BatchWebhookOptions = {},
): (request: Request) => Promise<Response> {
  return createDeliveryHandler({
    ...options,
    async onDelivery(taskUUID) {
      const isKnown = await announceTask(queries, taskUUID);
      await onDelivery?.({ taskUUID, isKnown });
    },
  });
}
