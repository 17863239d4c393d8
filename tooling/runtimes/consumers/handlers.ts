/** Uses everything that the entries for Fetch-API handlers export. */
import { Sync3 } from '@sync3/sdk';
import { createProxyHandler, type ProxyOptions } from '@sync3/sdk/proxy';
import * as webhooks from '@sync3/sdk/webhooks';
import {
  createWebhookHandler,
  type Handled,
  urlFor,
  WebhookError,
  type WebhookHandlerOptions,
} from '@sync3/sdk/webhooks';

const known = new Set<string>();
const handled: Handled = { has: async (id) => known.has(id), add: (id) => known.add(id) };
const background: Promise<unknown>[] = [];

const webhookOptions: WebhookHandlerOptions = {
  client: new Sync3({ apiKey: 'key' }),
  secret: 'a secret of a good length',
  handled,
  timeoutMs: 4_000,
  onVideo: async ({ taskUUID, videoUUID, url }) => [taskUUID, videoUUID, url],
  onFailure: ({ taskUUID, message }) => [taskUUID, message],
  onError: (error) => (WebhookError.is(error) ? error.status : undefined),
  waitUntil: (work) => background.push(work),
};
export const webhookHandler: (request: Request) => Promise<Response> =
  createWebhookHandler(webhookOptions);

const proxyOptions: ProxyOptions = {
  apiKey: 'key',
  baseUrl: 'https://api.runware.ai/v1',
  authorize: async (request, tasks) => request.headers.has('Authorization') && tasks.length < 5,
  allowedOrigins: ['https://app.example'],
  maxBodyBytes: 1_000_000,
  timeoutMs: 10_000,
  onError: ({ message, retryable }) => [message, retryable],
  waitUntil: (work) => background.push(work),
};
export const proxyHandler: (request: Request) => Promise<Response> =
  createProxyHandler(proxyOptions);

export async function callBoth(taskUUID: string): Promise<number[]> {
  const url = await urlFor(new URL('https://app.example/hook'), taskUUID);
  const same = await webhooks.urlFor('https://app.example/hook', taskUUID, { secret: 'x' });
  const delivery = new Request(same, { method: 'POST', body: '{}' });
  const answers = [await webhookHandler(delivery), await proxyHandler(new Request(url))];
  return answers.map(({ status }) => status);
}
