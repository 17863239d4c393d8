import { randomUUID } from 'node:crypto';
import { urlFor } from '@sync3/sdk/webhooks';
import type { WebhookOptions } from './work-options.js';

/**
 * @returns what makes the webhook URL of a job.
 * @throws {WebhookError} the URL is none, or there is no usable secret.
 */
export async function webhookURLMaker({
  url,
  secret,
}: WebhookOptions): Promise<(taskUUID: string) => Promise<string>> {
  const webhookURLOf = (taskUUID: string) => urlFor(url, taskUUID, { secret });
  // What is wrong is told before anything is submitted.
  await webhookURLOf(randomUUID());
  return webhookURLOf;
}
