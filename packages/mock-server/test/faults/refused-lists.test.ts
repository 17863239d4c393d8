import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { getResponse, getTaskDetails, start } from '../api/start.js';

const authentication = { taskType: 'authentication', apiKey: 'key' };

test.each([
  ['an authentication task', () => [authentication, getResponse(randomUUID())]],
  ['another question', () => [getResponse(randomUUID()), getTaskDetails(randomUUID())]],
])('one poll beside %s is no list that is refused', async (_, tasks) => {
  const { mock, post } = await start();
  mock.faults.add({ on: 'poll', kind: 'array-refusal' });
  expect((await post(tasks())).status).toBe(200);
  expect(mock.stats.faults).toBe(0);
  const { status, body } = await post([getResponse(randomUUID()), getResponse(randomUUID())]);
  expect(status).toBe(400);
  expect(body.errors).toMatchObject([{ code: 'invalidRequest' }]);
});

test('several polls beside an authentication task are refused', async () => {
  const { mock, post } = await start();
  mock.faults.add({ on: 'any', kind: 'array-refusal' });
  const polls = [getResponse(randomUUID()), getResponse(randomUUID())];
  expect((await post([authentication, ...polls])).status).toBe(400);
});
