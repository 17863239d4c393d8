import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import * as webhooks from '../../src/webhooks/index.js';
import { success } from '../http/scripted-server.js';
import { serveHandler } from './serve-handler.js';
import { post, secret } from './start-webhook.js';

/** A delivery handler that is served, and what came of it. */
async function startBell(onDelivery?: (taskUUID: string) => unknown) {
  const rung: string[] = [];
  const errors: webhooks.WebhookError[] = [];
  const handler = webhooks.createDeliveryHandler({
    secret,
    onDelivery: onDelivery ?? ((taskUUID) => rung.push(taskUUID)),
    onError: (error) => errors.push(error),
  });
  const endpoint = await serveHandler(handler);
  const taskUUID = randomUUID();
  const url = await webhooks.urlFor(endpoint, taskUUID, { secret });
  return { rung, errors, taskUUID, url };
}

test('a delivery is handed on by its task, in lower case, and is believed in nothing else', async () => {
  const { rung, taskUUID, url } = await startBell();
  const response = await post(url.replace(taskUUID, taskUUID.toUpperCase()), success(taskUUID));
  expect(response.status).toBe(200);
  expect(rung).toEqual([taskUUID]);
});

test('a delivery without a valid token, or about another task, is handed on to nobody', async () => {
  const { rung, errors, taskUUID, url } = await startBell();
  const other = randomUUID();
  const responses = [
    await post(url.replace(taskUUID, other), success(other)),
    await post(url, success(other)),
  ];
  expect(responses.map(({ status }) => status)).toEqual([401, 403]);
  expect(errors.map(({ code }) => code)).toEqual(['invalidToken', 'otherTask']);
  expect(rung).toEqual([]);
});

test('a delivery that cannot be noted is answered with 500, so that it is repeated', async () => {
  const { errors, taskUUID, url } = await startBell(() => {
    throw new Error('The database is away.');
  });
  expect((await post(url, success(taskUUID))).status).toBe(500);
  expect(errors).toMatchObject([
    { code: 'deliveryFailed', taskUUID, cause: { message: 'The database is away.' } },
  ]);
});
