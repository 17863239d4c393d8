import { randomUUID } from 'node:crypto';
import { type RequestBody, runSync3, type VideoInferenceTask } from '@sync3/generated';
import { createClient } from '@sync3/generated/client';
import { model } from '@sync3/generated/constants';
import { startMockServer } from '@sync3/mock-server';
import { expect, onTestFinished, test } from 'vitest';

test('the key is sent as a header of the call, too', async () => {
  const mock = await startMockServer({ apiKeys: ['key'] });
  onTestFinished(() => mock.close());
  const client = createClient({ baseUrl: new URL(mock.url).origin });
  const body: RequestBody = [{ taskType: 'getResponse', taskUUID: randomUUID() }];
  const headers = { authorization: 'Bearer key' };
  expect((await runSync3({ client, body, headers })).response?.status).toBe(200);
  expect((await runSync3({ client, body })).response?.status).toBe(401);
  // Of these the operation would send none, so they do not compile.
  // @ts-expect-error A Headers instance is no plain object.
  const instance = runSync3({ client, body, headers: new Headers(headers) });
  // @ts-expect-error A list is no plain object.
  const list = runSync3({ client, body, headers: Object.entries(headers) });
  for (const call of [instance, list]) expect((await call).response?.status).toBe(401);
});

test('the generated client submits a job and reads its state, without the SDK', async () => {
  const mock = await startMockServer({ apiKeys: ['key'] });
  onTestFinished(() => mock.close());
  const client = createClient({ baseUrl: new URL(mock.url).origin, auth: 'key' });
  const task: VideoInferenceTask = {
    taskType: 'videoInference',
    taskUUID: randomUUID(),
    model,
    inputs: { video: 'https://example.com/v.mp4', audio: 'https://example.com/a.wav' },
  };
  const { taskType, taskUUID } = task;

  const submitted = await runSync3({ client, body: [task] });
  expect(submitted.data).toEqual({ data: [{ taskType, taskUUID }] });

  const polled = await runSync3({ client, body: [{ taskType: 'getResponse', taskUUID }] });
  expect(polled.response?.url).toBe(mock.url);
  expect(polled.data?.data).toMatchObject([{ taskType, taskUUID }]);

  const conflict = await runSync3({ client, body: [task] });
  expect(conflict.error?.errors).toMatchObject([{ code: 'conflictTaskUUID' }]);
  expect(mock.stats.violations).toBe(0);
});
