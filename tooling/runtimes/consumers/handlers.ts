/** Uses everything that the entries for Fetch-API handlers export. */
import { Sync3 } from '@sync3/sdk';
import {
  type AcceptedTask,
  createProxyHandler,
  mediaUUIDsOf,
  type ProxyOptions,
  type ProxyTask,
  type RestrictionOptions,
} from '@sync3/sdk/proxy';
import * as webhooks from '@sync3/sdk/webhooks';
import {
  createDeliveryHandler,
  createWebhookHandler,
  type DeliveryHandlerOptions,
  type Handled,
  urlFor,
  WebhookError,
  type WebhookErrorCode,
  type WebhookHandlerOptions,
  type WebhookSecret,
} from '@sync3/sdk/webhooks';

const known = new Set<string>();
const claimed = new Set<string>();
const handled: Handled = {
  has: async (id) => known.has(id),
  add: (id) => known.add(id),
  claim: (id) => !claimed.has(id) && Boolean(claimed.add(id)),
  release: (id) => claimed.delete(id),
};
const secret: WebhookSecret = ['a secret of a good length', 'the one that was in use before it'];
const background: Promise<unknown>[] = [];

const webhookOptions: WebhookHandlerOptions = {
  client: new Sync3({ apiKey: 'key' }),
  secret,
  handled,
  timeoutMs: 4_000,
  onVideo: async ({ taskUUID, videoUUID, url }) => [taskUUID, videoUUID, url],
  onFailure: ({ taskUUID, message }) => [taskUUID, message],
  onError: (error): WebhookErrorCode | undefined =>
    WebhookError.is(error) ? error.code : undefined,
  waitUntil: (work) => background.push(work),
};
export const webhookHandler: (request: Request) => Promise<Response> =
  createWebhookHandler(webhookOptions);

const deliveryOptions: DeliveryHandlerOptions = {
  secret,
  timeoutMs: 4_000,
  onDelivery: (taskUUID) => known.add(taskUUID),
  onError: ({ code }) => code,
  waitUntil: (work) => background.push(work),
};
export const deliveryHandler: (request: Request) => Promise<Response> =
  createDeliveryHandler(deliveryOptions);

const restrictions: RestrictionOptions = {
  allowedInputHosts: ['media.example'],
  allowWebhookURL: false,
  allowUploadEndpoint: false,
};

/** Who may use a stored file. */
const owners = new Map<string, string>();
const nameOf = (request: Request) => request.headers.get('Authorization') ?? '';
const owns = (request: Request, tasks: readonly ProxyTask[]) =>
  tasks.flatMap(mediaUUIDsOf).every((uuid) => owners.get(uuid) === nameOf(request));
const remember = (request: Request, accepted: readonly AcceptedTask[]) => {
  for (const { rows } of accepted) {
    for (const { mediaUUID } of rows) owners.set(`${mediaUUID}`, nameOf(request));
  }
};

const proxyOptions: ProxyOptions = {
  ...restrictions,
  apiKey: 'key',
  baseUrl: 'https://api.runware.ai/v1',
  authenticate: (request) => request.headers.has('Authorization'),
  authorize: async (request, tasks) => tasks.length < 5 && owns(request, tasks),
  onAccepted: remember,
  allowedOrigins: ['https://app.example'],
  maxBodyBytes: 1_000_000,
  maxHeldBytes: 64_000_000,
  maxConcurrentBodies: 100,
  bodyTimeoutMs: 60_000,
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
