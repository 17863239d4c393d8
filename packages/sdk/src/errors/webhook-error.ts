import { kind, Sync3Error, type Sync3ErrorOptions } from './sync3-error.js';

interface WebhookErrorOptions extends Omit<Sync3ErrorOptions, 'retryable' | 'mayBeAccepted'> {
  status?: number | undefined;
}

/**
 * Thrown when a webhook is set up without a usable secret, endpoint or task; and handed to `onError`
 * for each delivery that was refused and each callback that failed, with the reason as `cause`.
 */
export class WebhookError extends Sync3Error {
  static override readonly [kind] = 'WebhookError';
  declare readonly name: 'WebhookError';

  /**
   * HTTP status the delivery was answered with; none when this is not about a delivery. What fails
   * after a delivery had to be answered with 503 for want of time is told as a second error.
   */
  declare readonly status?: number;

  constructor(message: string, { status, ...options }: WebhookErrorOptions = {}) {
    super(message, {
      code: 'webhookFailed',
      ...options,
      retryable: status !== undefined && status >= 500,
    });
    if (status !== undefined) this.status = status;
  }
}
