import { WebhookError } from '../errors/webhook-error.js';
import { numbersWithDefaults } from '../options.js';
import { admit } from './admit.js';
import { answer } from './answer.js';
import { deliver, type Receiver } from './deliver.js';
import { createRecentIds, type Handled } from './handled.js';
import { createOnce } from './once.js';
import { readSecret } from './secret.js';

/** What a webhook handler does with results. */
export interface WebhookHandlerOptions {
  /** At least 16 characters; the one `urlFor` was given. @default SYNC3_WEBHOOK_SECRET */
  secret?: string | undefined;
  /** Asked what is true: nothing in a delivery is believed. Its own timeout bounds the question. */
  client: Receiver['client'];
  /**
   * Called with each video that the API confirms, and awaited. Once for each, unless it throws or
   * rejects, or `handled.add` does, or the process ends before that: then the next delivery calls it
   * again. So doing the same thing twice should do no harm. Several may run at the same time.
   */
  onVideo: Receiver['onVideo'];
  /** Called with each failure that the API confirms, just as `onVideo`. */
  onFailure?: Receiver['onFailure'];
  /** Told of every delivery that is refused and every callback that fails. What it throws is lost. */
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
 * confirm it yet, or there is no time left. Runware repeats a delivery until it is answered with 2xx
 * (after 250 ms, doubling to 8 s; runware-skills, integrate-with-runware).
 *
 * Make one and keep it: it knows which results are being handled.
 *
 * @throws {WebhookError} there is no usable secret.
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
  const secret = readSecret(options.secret);
  const { timeoutMs } = numbersWithDefaults({ timeoutMs: 4_500 }, options);
  const handled = options.handled ?? createRecentIds();
  const receiver = { client, onVideo, onFailure, handled, once: createOnce(handled) };

  const tell = async (error: WebhookError) => {
    try {
      await onError?.(error);
    } catch {
      // A faulty log must not change an answer.
    }
  };
  const unexpected = (cause: unknown, taskUUID?: string) =>
    new WebhookError('The delivery could not be handled.', { status: 500, taskUUID, cause });

  return async (request) => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const late = new Promise<void>((resolve) => {
      timer = setTimeout(resolve, timeoutMs);
    });
    try {
      const delivery = await admit(request, secret, late);
      /** Tells its errors itself: there may be nobody left to answer. */
      const work = deliver(receiver, delivery)
        .catch((cause) => [unexpected(cause, delivery.taskUUID)])
        .then((errors) => {
          errors.map(tell);
          return errors[0]?.status ?? 200;
        });
      waitUntil?.(work);
      const status = await Promise.race([work, late]);
      if (status !== undefined) return answer(status);
      const { taskUUID } = delivery;
      const message = `The delivery was not handled within ${timeoutMs} ms; the work goes on.`;
      throw new WebhookError(message, { status: 503, taskUUID });
    } catch (cause) {
      const error = cause instanceof WebhookError ? cause : unexpected(cause);
      tell(error);
      return answer(error.status ?? 500);
    } finally {
      clearTimeout(timer);
    }
  };
}
