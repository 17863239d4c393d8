import { kind, Sync3Error, type Sync3ErrorOptions } from './sync3-error.js';

/**
 * Why there is a `WebhookError`. When a webhook is set up:
 *
 * - `missingSecret`, `weakSecret`, `invalidEndpoint`, `invalidTaskUUID`.
 *
 * About a delivery, with the HTTP status of its answer:
 *
 * - `methodNotAllowed` (405): it is not a POST.
 * - `invalidToken` (401): its URL was not made with one of the secrets.
 * - `unreadableBody`, `invalidPayload` (400), `bodyTooSlow` (408), `bodyTooLong` (413).
 * - `otherTask` (403): it names another task than its URL.
 * - `statusUnknown` (503): the API did not tell about the task.
 * - `notConfirmed` (503): the API does not show what was announced.
 * - `handledElsewhere` (503): another process has claimed the result.
 * - `tooSlow` (503): there was no time left; the work goes on.
 * - `callbackFailed` (500): `onVideo` or `onFailure` threw.
 * - `storeFailed` (500): a method of `handled` threw.
 * - `bodyAlreadyRead` (500): a parser in front of the handler has read the body.
 * - `deliveryFailed` (500): anything else, such as an `onDelivery` or a `waitUntil` that throws.
 */
export type WebhookErrorCode =
  | 'missingSecret'
  | 'weakSecret'
  | 'invalidEndpoint'
  | 'invalidTaskUUID'
  | 'methodNotAllowed'
  | 'invalidToken'
  | 'unreadableBody'
  | 'invalidPayload'
  | 'bodyTooSlow'
  | 'bodyTooLong'
  | 'otherTask'
  | 'statusUnknown'
  | 'notConfirmed'
  | 'handledElsewhere'
  | 'tooSlow'
  | 'callbackFailed'
  | 'storeFailed'
  | 'bodyAlreadyRead'
  | 'deliveryFailed';

/** HTTP statuses of answers. A code without one is not about a delivery. */
const statuses: Partial<Record<WebhookErrorCode, number>> = {
  methodNotAllowed: 405,
  invalidToken: 401,
  unreadableBody: 400,
  invalidPayload: 400,
  bodyTooSlow: 408,
  bodyTooLong: 413,
  otherTask: 403,
  statusUnknown: 503,
  notConfirmed: 503,
  handledElsewhere: 503,
  tooSlow: 503,
  callbackFailed: 500,
  storeFailed: 500,
  bodyAlreadyRead: 500,
  deliveryFailed: 500,
};

interface WebhookErrorOptions extends Omit<Sync3ErrorOptions, 'retryable' | 'mayBeAccepted'> {
  code: WebhookErrorCode;
}

/**
 * Thrown when a webhook is set up without a usable secret, endpoint or task; and handed to `onError`
 * for each delivery that was refused and each callback that failed, with the reason as `cause`.
 */
export class WebhookError extends Sync3Error {
  static override readonly [kind] = 'WebhookError';
  /** Name of the class. */
  declare readonly name: 'WebhookError';
  /** Why, as one word. */
  declare readonly code: WebhookErrorCode;

  /**
   * HTTP status the delivery was answered with; none when this is not about a delivery. What fails
   * after a delivery had to be answered with 503 for want of time is told as a second error.
   */
  declare readonly status?: number;

  constructor(message: string, options: WebhookErrorOptions) {
    const status = statuses[options.code];
    super(message, { ...options, retryable: status !== undefined && status >= 500 });
    if (status !== undefined) this.status = status;
  }
}
