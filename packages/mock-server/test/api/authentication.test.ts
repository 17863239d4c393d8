import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { getResponse, job, start, upload } from './start.js';

describe('a key is asked for', () => {
  test('and a request without one is answered 401', async () => {
    const { post } = await start();
    const { status, body } = await post([getResponse(randomUUID())], { authorization: '' });
    expect(status).toBe(401);
    expect(body.errors).toMatchObject([{ code: 'missingApiKey' }]);
  });

  test('and a wrong one is answered 401 without repeating it', async () => {
    const { post } = await start();
    const { status, body } = await post([job()], { authorization: 'Bearer wrong-key' });
    expect(status).toBe(401);
    expect(body.errors).toMatchObject([{ code: 'invalidApiKey' }]);
    expect(JSON.stringify(body)).not.toContain('wrong-key');
  });

  test('and may stand in a first task', async () => {
    const { post } = await start();
    const authentication = { taskType: 'authentication', apiKey: 'key' };
    const { status, body } = await post([authentication, getResponse(randomUUID())], {
      authorization: '',
    });
    expect(status).toBe(200);
    expect(body.data).toMatchObject([{ taskType: 'authentication' }]);
  });
});

test('an authorization that holds no key lets nobody in', async () => {
  const { post } = await start({ apiKeys: ['key'] });
  for (const authorization of ['Bearer ', 'Bearer', 'Basic key']) {
    expect((await post([getResponse(randomUUID())], { authorization })).status).toBe(401);
  }
});

describe('a session', () => {
  const authentication = { taskType: 'authentication', apiKey: 'key' };

  test('is begun with a UUID of its own', async () => {
    const { post } = await start();
    const { status, body } = await post([authentication], { authorization: '' });
    expect(status).toBe(200);
    expect(body.data).toHaveLength(1);
    const { connectionSessionUUID } = body.data[0];
    const again = await post([authentication], { authorization: '' });
    expect(again.body.data[0].connectionSessionUUID).not.toBe(connectionSessionUUID);
  });

  test('is taken up again by its UUID', async () => {
    const { mock, post } = await start();
    const connectionSessionUUID = randomUUID();
    const task = job();
    const { body } = await post([{ ...authentication, connectionSessionUUID }, task], {
      authorization: '',
    });
    expect(body.data).toEqual([
      { taskType: 'authentication', connectionSessionUUID },
      { taskType: 'videoInference', taskUUID: task.taskUUID },
    ]);
    expect(mock.stats).toMatchObject({ charged: 1, violations: 0 });
  });

  test('is only begun by the first task', async () => {
    const { post } = await start();
    const { status, body } = await post([getResponse(randomUUID()), authentication]);
    expect(status).toBe(200);
    expect(body.errors).toMatchObject([
      { code: 'invalidParameter', message: expect.stringContaining('first') },
    ]);
  });

  test('does not make a refused task a success', async () => {
    const { post } = await start();
    const { status, body } = await post([authentication, job({ bogus: 1 })], { authorization: '' });
    expect(status).toBe(400);
    expect(body.errors).toMatchObject([{ code: 'unknownParameter' }]);
  });
});

describe('a key that may only ask', () => {
  const readOnly = { authorization: 'Bearer reader' };

  test.each([
    ['submit a job', () => job()],
    ['store media', () => upload(btoa('some sound'))],
  ])('may not %s', async (_, task) => {
    const { mock, post } = await start({ readOnlyApiKeys: ['reader'] });
    const { status, body } = await post([task()], readOnly);
    expect(status).toBe(403);
    expect(body.errors).toMatchObject([{ code: 'insufficientPermissions' }]);
    expect(JSON.stringify(body)).not.toContain('reader');
    expect(mock.stats).toMatchObject({ charged: 0, uploads: 0, violations: 0 });
  });

  test('may poll the job of another key', async () => {
    const { post } = await start({ readOnlyApiKeys: ['reader'], jobDurationMs: 60_000 });
    const task = job();
    await post([task]);
    const { status, body } = await post([getResponse(task.taskUUID)], readOnly);
    expect(status).toBe(200);
    expect(body.data).toMatchObject([{ status: 'processing' }]);
  });
});
