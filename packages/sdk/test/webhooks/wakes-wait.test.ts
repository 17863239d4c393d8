import { expect, test } from 'vitest';
import { Sync3 } from '../../src/index.js';
import * as webhooks from '../../src/webhooks/index.js';
import { processing, sendJson, startScriptedServer, success } from '../http/scripted-server.js';
import { apiKey, promised, secret } from './start-webhook.js';

test('a delivery wakes a wait of the same client, which does not poll again', async () => {
  const { promise: isPolled, resolve: polled } = promised();
  let data: (taskUUID: string) => object[] = (taskUUID) => [processing(taskUUID)];
  const api = await startScriptedServer(({ tasks }, response) => {
    sendJson(response, 200, { data: tasks.flatMap(({ taskUUID }) => data(taskUUID)) });
  });
  const polling = { minIntervalMs: 60_000, maxIntervalMs: 60_000 };
  const client = new Sync3({ baseUrl: api.url, apiKey, polling });
  const handler = webhooks.createWebhookHandler({ secret, client, onVideo: () => {} });
  const taskUUID = crypto.randomUUID();
  const endpoint = 'https://example.com/hooks/lipsync';
  const url = await webhooks.urlFor(endpoint, taskUUID, { secret });

  const wait = client.tasks.attach(taskUUID).wait({ onUpdate: () => polled() });
  await isPolled;
  expect(api.requests).toHaveLength(1);
  data = (uuid) => [success(uuid)];
  const body = JSON.stringify(success(taskUUID));
  expect((await handler(new Request(url, { method: 'POST', body }))).status).toBe(200);

  expect((await wait).videos).toMatchObject([{ taskUUID, url: success(taskUUID).videoURL }]);
  // The poll at the beginning, and the question of the delivery.
  expect(api.requests).toHaveLength(2);
});
