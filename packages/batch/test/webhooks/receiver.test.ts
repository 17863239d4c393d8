import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createBatchWebhookHandler, receiveDeliveries } from '@sync3/batch';
import { toNodeListener } from '@sync3/sdk/node';
import { urlFor } from '@sync3/sdk/webhooks';
import { expect, onTestFinished, test } from 'vitest';
import { openFresh } from '../database/fresh-database.ts';
import { deliver, secret } from './webhook-scene.ts';

const publicURL = 'https://hooks.example.com/sync3?tenant=a';

async function startReceiver() {
  const { database } = await openFresh('postgres');
  const deliveries: object[] = [];
  const receiver = await receiveDeliveries(database, {
    url: publicURL,
    secret,
    onDelivery: (delivery) => deliveries.push(delivery),
  });
  onTestFinished(() => receiver.close());
  const taskUUID = randomUUID();
  const { search } = new URL(await urlFor(publicURL, taskUUID, { secret }));
  return { receiver, deliveries, taskUUID, search };
}

/** Delivers as a proxy does that keeps or changes the host; `fetch` sets its own. */
async function statusOf(url: string, taskUUID: string, headers: Record<string, string>) {
  const sending = request(url, { method: 'POST', headers });
  sending.end(JSON.stringify({ taskUUID, status: 'processing' }));
  const [response] = await once(sending, 'response');
  response.resume();
  return response.statusCode;
}

test('deliveries for the host of the webhook URL and for this machine are let in, at every path', async () => {
  const { receiver, deliveries, taskUUID, search } = await startReceiver();
  const { port } = new URL(receiver.url);
  const hosts = ['hooks.example.com', 'hooks.example.com:443', `127.0.0.1:${port}`, 'localhost'];
  for (const Host of hosts) {
    expect(await statusOf(`${receiver.url}/sync3${search}`, taskUUID, { Host })).toBe(200);
  }
  expect(await statusOf(`${receiver.url}/${search}`, taskUUID, {})).toBe(200);
  expect(deliveries).toEqual(Array(5).fill({ taskUUID, isKnown: false }));
});

test.each([
  ['another host', { Host: 'evil.example' }],
  ['a host that is none', { Host: 'hooks.example.com@evil.example' }],
  ['a web page', { Origin: 'https://hooks.example.com' }],
])('a request for or of %s is refused', async (_, headers) => {
  const { receiver, deliveries, taskUUID, search } = await startReceiver();
  expect(await statusOf(`${receiver.url}/sync3${search}`, taskUUID, headers)).toBe(403);
  expect(deliveries).toEqual([]);
});

test('without a secret, or with a port that is taken, nothing is received', async () => {
  const { receiver } = await startReceiver();
  const { database } = await openFresh('postgres');
  const options = { url: publicURL, secret };
  await expect(receiveDeliveries(database, { ...options, secret: 'short' })).rejects.toMatchObject({
    code: 'weakSecret',
  });
  const port = Number(new URL(receiver.url).port);
  await expect(receiveDeliveries(database, { ...options, port })).rejects.toMatchObject({
    name: 'BatchError',
    message: expect.stringContaining(`127.0.0.1:${port}`),
  });
});

test('the handler is mounted in a server of the application', async () => {
  const { database } = await openFresh('postgres');
  const deliveries: object[] = [];
  const handler = createBatchWebhookHandler(database, {
    secret,
    onDelivery: (delivery) => deliveries.push(delivery),
  });
  const server = createServer(toNodeListener(handler)).listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => void server.close());
  const taskUUID = randomUUID();
  const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}/hooks`;
  expect(await deliver(await urlFor(endpoint, taskUUID, { secret }), taskUUID)).toBe(200);
  expect(deliveries).toEqual([{ taskUUID, isKnown: false }]);
});

test('a delivery that the database does not take is answered with no 200', async () => {
  const { database } = await openFresh('postgres');
  const codes: unknown[] = [];
  const handler = createBatchWebhookHandler(database, {
    secret,
    onError: ({ code }) => codes.push(code),
  });
  await database.close();
  const taskUUID = randomUUID();
  const url = await urlFor(publicURL, taskUUID, { secret });
  const body = JSON.stringify({ taskUUID, status: 'processing' });
  const { status } = await handler(new Request(url, { method: 'POST', body }));
  expect([500, 503]).toContain(status);
  expect(codes).toHaveLength(1);
});
