import { WebhookError } from '../errors/webhook-error.js';
import { numbersWithDefaults } from '../options.js';
import { type Delivery, readDelivery } from './read-delivery.js';
import { responseFor } from './response-for.js';
import { readSecrets, type WebhookSecret } from './secrets.js';

/** How deliveries are let in and answered. */
export interface AnswerOptions {
  /**
   * The one that `urlFor` was given, or several of which any is accepted: `[current, earlier]` while
   * one replaces another. Each has at least 16 characters, and is no pattern.
   *
   * @default SYNC3_WEBHOOK_SECRET, in which each line is a secret
   */
  secret?: WebhookSecret | undefined;
  /**
   * Told of every delivery that is refused and every callback that fails; `code` says why. What it
   * throws is lost.
   */
  onError?: ((error: WebhookError) => unknown) | undefined;
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

/** The default of `timeoutMs`. */
export const defaultTimeoutMs = 4_500;

/**
 * A Fetch-API handler that lets deliveries in by their token and answers in time. It never throws and
 * never rejects.
 *
 * @param handle does something about a delivery. @returns why it has to be repeated; nothing when it
 *   need not.
 * @throws {WebhookError} there is no secret (`missingSecret`), or one is weak (`weakSecret`).
 * @throws {Sync3Error} `timeoutMs` is below 1.
 */
export function answerDeliveries(
  options: AnswerOptions,
  handle: (delivery: Delivery) => Promise<WebhookError[]>,
): (request: Request) => Promise<Response> {
  const { onError, waitUntil } = options;
  const secrets = readSecrets(options.secret);
  const { timeoutMs } = numbersWithDefaults({ timeoutMs: defaultTimeoutMs }, options);

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
      const work = handle(delivery)
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
