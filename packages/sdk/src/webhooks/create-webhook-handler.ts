import type { Sync3 } from '../client.js';
import { WebhookError } from '../errors/webhook-error.js';
import { numbersWithDefaults } from '../options.js';
import { type Callbacks, handleDelivery } from './handle-delivery.js';
import { createRecentIds, type Handled } from './handled.js';
import { readDelivery } from './read-delivery.js';
import { responseFor } from './response-for.js';
import { createResultStore } from './result-store.js';
import { readSecrets, type WebhookSecret } from './secrets.js';
import { createStatusQuestions } from './status-questions.js';

/** What a webhook handler does with results. */
export interface WebhookHandlerOptions {
  /**
   * The one that `urlFor` was given, or several of which any is accepted: `[current, earlier]` while
   * one replaces another. Each has at least 16 characters, and is no pattern.
   *
   * @default SYNC3_WEBHOOK_SECRET, in which each line is a secret
   */
  secret?: WebhookSecret | undefined;
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
   * Told of every delivery that is refused and every callback that fails; `code` says why. What it
   * throws is lost.
   */
  onError?: ((error: WebhookError) => unknown) | undefined;
  /**
   * Which results have been handled. Give one that lasts when several processes share the endpoint,
   * or when a result must not be handled again after a restart.
   *
   * @default the last 10,000, in memory
   */
  handled?: Handled | undefined;
  /**
   * Bound on an answer, in ms. Runware wants one within about 5 s. When the API or a callback takes
   * longer, the answer is 503 and the work goes on; the next delivery finds it done.
   *
   * @default 4_500
   */
  timeoutMs?: number | undefined;
  /**
   * Keeps the process alive for work that goes on after the answer: what serverless runtimes give
   * under this name. The promise never rejects.
   */
  waitUntil?: ((work: Promise<unknown>) => void) | undefined;
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
  const { client, onVideo, onFailure, onError, waitUntil } = options;
  const secrets = readSecrets(options.secret);
  const { timeoutMs } = numbersWithDefaults({ timeoutMs: 4_500 }, options);
  const askStatus = createStatusQuestions(client, timeoutMs);
  const store = createResultStore(options.handled ?? createRecentIds());
  const context = { askStatus, onVideo, onFailure, store };

  const report = async (error: WebhookError) => {
    try {
      await onError?.(error);
    } catch {
      // A faulty log must not change an answer.
    }
  };

  return async (request) => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const deadline = new Promise<void>((resolve) => {
      timer = setTimeout(resolve, timeoutMs);
    });
    try {
      const delivery = await readDelivery(request, secrets, deadline);
      /** Reports its errors itself: the answer may have been sent by then. */
      const work = handleDelivery(context, delivery)
        .catch((cause) => [webhookErrorFrom(cause, delivery.taskUUID)])
        .then((errors) => {
          errors.map(report);
          return errors[0]?.status ?? 200;
        });
      waitUntil?.(work);
      const status = await Promise.race([work, deadline]);
      if (status !== undefined) return responseFor(status);
      throw tooSlow(delivery.taskUUID, timeoutMs);
    } catch (cause) {
      const error = webhookErrorFrom(cause);
      report(error);
      return responseFor(error.status ?? 500);
    } finally {
      clearTimeout(timer);
    }
  };
}

function tooSlow(taskUUID: string, timeoutMs: number): WebhookError {
  const message = `The delivery for task ${taskUUID} was not handled within ${timeoutMs} ms.`;
  return new WebhookError(message, {
    code: 'tooSlow',
    advice: 'The work goes on, and the next delivery finds it done.',
    taskUUID,
  });
}

function webhookErrorFrom(cause: unknown, taskUUID?: string): WebhookError {
  if (cause instanceof WebhookError) return cause;
  const about = taskUUID ? ` for task ${taskUUID}` : '';
  return new WebhookError(`The delivery${about} could not be handled.`, {
    code: 'deliveryFailed',
    advice: 'See to its cause; the API repeats the delivery.',
    taskUUID,
    cause,
  });
}
