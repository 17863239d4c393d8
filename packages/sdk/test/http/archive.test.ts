import { describe, expect, test } from 'vitest';
import { ApiError, ServerError, Sync3, Sync3Error } from '../../src/index.js';
import { type Script, sendJson, startScriptedServer, success } from './scripted-server.js';

const taskUUID = '6f1c3c5e-6a3b-4c0e-9d0a-0d6c5c1b7a11';
const mediaUUID = '0f8f2f0a-5d0c-4c9d-9a54-2f5f1c0b6e55';

async function clientOf(script: Script, maxRetries = 0) {
  const server = await startScriptedServer(script);
  return { sync3: new Sync3({ baseUrl: server.url, apiKey: 'key', maxRetries }), server };
}

describe('tasks.details', () => {
  test('gives the request and the last answer as the API has kept them', async () => {
    const request = [{ taskType: 'videoInference', taskUUID }];
    const response = { data: [success(taskUUID)] };
    const { sync3, server } = await clientOf((_, sent) => {
      const row = { taskType: 'getTaskDetails', taskUUID, request, response };
      sendJson(sent, 200, { data: [row] });
    });
    expect(await sync3.tasks.details(taskUUID)).toEqual({ taskUUID, request, response });
    expect(server.requests[0]?.tasks).toEqual([{ taskType: 'getTaskDetails', taskUUID }]);
  });

  test('of a job that the API does not know is an ApiError that names it', async () => {
    const errors = [{ code: 'taskNotFound', message: 'No such task', taskUUID }];
    const { sync3 } = await clientOf((_, response) => sendJson(response, 404, { errors }));
    const error = await sync3.tasks.details(taskUUID).catch((caught) => caught);
    expect(error).toBeInstanceOf(ApiError);
    expect(error).toMatchObject({ code: 'taskNotFound', taskUUID });
  });

  test('of what is no UUID sends nothing', async () => {
    const { sync3, server } = await clientOf(() => {});
    await expect(sync3.tasks.details('order-1042')).rejects.toBeInstanceOf(Sync3Error);
    expect(server.requests).toEqual([]);
  });
});

describe('media.delete', () => {
  test('removes the file by its UUID', async () => {
    const { sync3, server } = await clientOf(({ tasks: [task] }, response) => {
      sendJson(response, 200, { data: [{ ...task, media: undefined, mediaUUID }] });
    });
    await expect(sync3.media.delete(mediaUUID)).resolves.toBeUndefined();
    expect(server.requests[0]?.tasks).toMatchObject([
      { taskType: 'mediaStorage', operation: 'delete', media: mediaUUID },
    ]);
  });

  test('of a file that the API does not know is an ApiError', async () => {
    const errors = [{ code: 'mediaNotFound', message: 'No such media' }];
    const { sync3 } = await clientOf((_, response) => sendJson(response, 404, { errors }));
    await expect(sync3.media.delete(mediaUUID)).rejects.toMatchObject({ code: 'mediaNotFound' });
  });
});

describe('a question whose first answer is 503', () => {
  const onceDown = (): Script => {
    let attempts = 0;
    return ({ tasks: [task] }, response) => {
      if (++attempts === 1) sendJson(response, 503, {});
      else sendJson(response, 200, { data: [{ ...task, mediaUUID, request: [], response: {} }] });
    };
  };

  test.each([
    ['tasks.status', (sync3: Sync3) => sync3.tasks.status(taskUUID)],
    ['tasks.details', (sync3: Sync3) => sync3.tasks.details(taskUUID)],
    ['media.delete', (sync3: Sync3) => sync3.media.delete(mediaUUID)],
  ])('is asked again by %s', async (_, call) => {
    const { sync3, server } = await clientOf(onceDown(), 1);
    await call(sync3);
    expect(server.requests).toHaveLength(2);
  });

  test('is a ServerError that may be retried, when no retries are allowed', async () => {
    const { sync3 } = await clientOf(onceDown());
    const error = await sync3.tasks.status(taskUUID).catch((caught) => caught);
    expect(error).toBeInstanceOf(ServerError);
    expect(error).toMatchObject({ retryable: true, taskUUID });
  });
});
