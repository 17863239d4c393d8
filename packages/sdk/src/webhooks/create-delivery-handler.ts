import { type AnswerOptions, answerDeliveries } from './answer-deliveries.js';

/** What a delivery handler does. */
export interface DeliveryHandlerOptions extends AnswerOptions {
  /**
   * Called with the task of each delivery that has a valid token, and awaited; the UUID is in lower
   * case. The delivery is answered with 200 when it resolves and with 500 when it throws or rejects, so
   * that the API repeats it. Several calls may run at the same time, also for one task.
   */
  onDelivery: (taskUUID: string) => unknown;
}

/**
 * A Fetch-API handler for the URLs that `urlFor` makes, for a program that finds out by itself what has
 * become of a task, as several processes do that share a database. Nothing is asked of the API, and
 * nothing in a delivery is believed or handed on: it only says that there is something new to ask for.
 * `createWebhookHandler` asks, and hands on results.
 *
 * It never throws and never rejects. Its answers are those of `createWebhookHandler`.
 *
 * @throws {WebhookError} there is no secret (`missingSecret`), or one is weak (`weakSecret`).
 * @throws {Sync3Error} `timeoutMs` is below 1.
 *
 * @example
 * const handler = createDeliveryHandler({ onDelivery: (taskUUID) => queue.add({ taskUUID }) });
 * export default { fetch: handler };
 */
export function createDeliveryHandler(
  options: DeliveryHandlerOptions,
): (request: Request) => Promise<Response> {
  return answerDeliveries(options, async ({ taskUUID }) => {
    await options.onDelivery(taskUUID);
    return [];
  });
}
