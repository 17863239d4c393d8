import type { Sync3 } from '../client.js';
import { numbersWithDefaults } from '../options.js';
import { type AnswerOptions, answerDeliveries, defaultTimeoutMs } from './answer-deliveries.js';
import { type Callbacks, handleDelivery } from './handle-delivery.js';
import { createRecentIds, type Handled } from './handled.js';
import { createResultStore } from './result-store.js';
import { createStatusQuestions } from './status-questions.js';

/** What a webhook handler does with results. */
export interface WebhookHandlerOptions extends AnswerOptions {
  /**
   * Asked for the state of the task, as nothing in a delivery is believed. Deliveries of one task that
   * arrive together share a question, and a wait of this client for the task ends with its answer. The
   * client's own timeout bounds the question.
   */
  client: Pick<Sync3, 'tasks'>;
  /**
   * Called with each video that the API confirms, and awaited; `taskUUID` is in lower case. Several
   * calls may run at the same time.
   *
   * Once for each video within one process, and among several processes that share a `handled` with
   * `claim`. It is called again for the next delivery when it threw or rejected, when `handled.add`
   * did, when the process ended before `add`, when a claim ran out while it was running, when `handled`
   * has forgotten the video, and when two processes share a `handled` without `claim`. So doing the
   * same thing twice should do no harm.
   */
  onVideo: Callbacks['onVideo'];
  /**
   * Called with each failure that the API confirms, just as `onVideo`. Failures have no UUID: two are
   * the same when `code` and the first words of `message` are.
   */
  onFailure?: Callbacks['onFailure'];
  /**
   * Which results have been handled. Give one that lasts when several processes share the endpoint,
   * or when a result must not be handled again after a restart.
   *
   * @default the last 10,000, in memory
   */
  handled?: Handled | undefined;
}

/**
 * A Fetch-API handler for the URLs that `urlFor` makes. It never throws and never rejects.
 *
 * Answers: 200 handled; 400 not a delivery; 401 no valid token; 403 about another task than its URL;
 * 405 not POST; 408 a slow body; 413 a body over 1 MiB; 500 a callback failed; 503 the API cannot
 * confirm it yet, another process is handling it, or there is no time left. Runware repeats a delivery
 * until it is answered with 2xx (after 250 ms, doubling to 8 s; runware-skills, integrate-with-runware).
 *
 * Make one and keep it: it knows which results are being handled.
 *
 * @throws {WebhookError} there is no secret (`missingSecret`), or one is weak (`weakSecret`).
 * @throws {Sync3Error} `timeoutMs` is below 1.
 *
 * @example
 * const handler = createWebhookHandler({
 *   client: new Sync3(),
 *   onVideo: (video) => store(video.taskUUID, video.url),
 *   onFailure: ({ taskUUID, message }) => giveUp(taskUUID, message),
 *   onError: console.warn,
 * });
 * export default { fetch: handler };
 */
export function createWebhookHandler(
  options: WebhookHandlerOptions,
): (request: Request) => Promise<Response> {
  const { client, onVideo, onFailure } = options;
  const { timeoutMs } = numbersWithDefaults({ timeoutMs: defaultTimeoutMs }, options);
  const askStatus = createStatusQuestions(client, timeoutMs);
  const store = createResultStore(options.handled ?? createRecentIds());
  const context = { askStatus, onVideo, onFailure, store };
  return answerDeliveries(options, (delivery) => handleDelivery(context, delivery));
}
