import { askForCost } from '@sync3/generated/constants';
import { describe, expect, test } from 'vitest';
import { ApiError, ConflictError, type LipsyncParams, Sync3 } from '../../src/index.js';
import { acknowledgement, sendJson, startScriptedServer, success } from './scripted-server.js';

const first: LipsyncParams = {
  inputs: { video: 'https://example.com/talk.mp4', audio: 'https://example.com/line.wav' },
  settings: { syncMode: 'remap' },
};

/** An API that keeps what it has accepted, as `getTaskDetails` tells. */
async function startArchive(change: (task: object) => object = (task) => task, response?: object) {
  const accepted = new Map<string, object>();
  const server = await startScriptedServer(({ tasks: [task] }, reply) => {
    if (!task) throw new Error('no task');
    const { taskType, taskUUID } = task;
    const known = accepted.get(taskUUID);
    if (taskType === 'getResponse') {
      sendJson(reply, 200, { data: known ? [success(taskUUID)] : [] });
    } else if (taskType === 'getTaskDetails') {
      const details = { request: [known], response: response ?? { data: [success(taskUUID)] } };
      sendJson(reply, 200, { data: [{ taskType, taskUUID, ...details }] });
    } else if (taskType === 'mediaStorage') {
      sendJson(reply, 200, { data: [{ taskType, taskUUID, mediaUUID: crypto.randomUUID() }] });
    } else {
      accepted.set(taskUUID, change(task));
      sendJson(reply, 200, { data: [acknowledgement(task)] });
    }
  });
  const sync3 = new Sync3({ baseUrl: server.url, apiKey: 'key' });
  const submit = (params: LipsyncParams) =>
    sync3.lipsync.submit(params, { idempotencyKey: 'order-1' }).catch((error) => error);
  return { submit, accepted };
}

describe('the same idempotencyKey again is a ConflictError', () => {
  test.each<[string, LipsyncParams, boolean | undefined]>([
    ['the same request', first, true],
    [
      'the same request with another webhook and other keys in another order',
      {
        webhookURL: 'https://example.com/hook?token=2',
        settings: { syncMode: 'remap' },
        ...askForCost,
        inputs: { audio: 'https://example.com/line.wav', video: 'https://example.com/talk.mp4' },
      },
      true,
    ],
    [
      'another video',
      {
        ...first,
        inputs: { video: 'https://example.com/other.mp4', audio: 'https://example.com/line.wav' },
      },
      false,
    ],
    ['another setting', { ...first, settings: { syncMode: 'bounce' } }, false],
    ['more results', { ...first, numberResults: 2 }, false],
    [
      'a URL that was signed anew',
      {
        ...first,
        inputs: {
          video: 'https://example.com/talk.mp4?signature=2',
          audio: 'https://example.com/line.wav',
        },
      },
      undefined,
    ],
  ])('for %s: sameRequest tells', async (_, again, sameRequest) => {
    const { submit, accepted } = await startArchive();
    await submit(first);
    const error = await submit(again);
    expect(ConflictError.is(error)).toBe(true);
    expect(ApiError.is(error)).toBe(true);
    expect(error).toMatchObject({ code: 'conflictTaskUUID', meaning: 'conflict', sameRequest });
    expect(accepted.size).toBe(1);
    // Advice to take the results of another request would hand out another customer's video.
    expect(error.message.includes('tasks.attach(')).toBe(sameRequest !== false);
  });

  test('for a file that was uploaded anew: it cannot be known, unless something else differs', async () => {
    const { submit } = await startArchive();
    const upload = (syncMode: 'remap' | 'bounce'): LipsyncParams => ({
      inputs: { video: new Blob(['video']), audio: 'https://example.com/line.wav' },
      settings: { syncMode },
    });
    await submit(upload('remap'));
    expect(await submit(upload('remap'))).toMatchObject({ sameRequest: undefined });
    expect(await submit(upload('bounce'))).toMatchObject({ sameRequest: false });
  });

  test('for an archive that has filled in defaults, or tells nothing: it cannot be known', async () => {
    const filled = await startArchive((task) => ({ ...task, outputQuality: 95 }));
    await filled.submit(first);
    expect(await filled.submit(first)).toMatchObject({ sameRequest: undefined });
    const silent = await startArchive(() => ({}));
    await silent.submit(first);
    expect(await silent.submit(first)).toMatchObject({ sameRequest: undefined });
  });

  test('for an archive that holds the refusal of a second submit: it cannot be known', async () => {
    const errors = [{ code: 'conflictTaskUUID', message: 'In use.' }];
    const { submit } = await startArchive((task) => task, { errors });
    await submit(first);
    expect(await submit(first)).toMatchObject({ sameRequest: undefined });
  });
});

test('a job that failed is not submitted again under its key, whatever its code and status', async () => {
  for (const [status, code] of [
    [400, 'mediaNotFound'],
    [402, 'insufficientCredits'],
    [429, 'providerRateLimitExceeded'],
    [500, 'internalServerError'],
  ] as const) {
    let submits = 0;
    const server = await startScriptedServer(({ tasks: [task] }, reply) => {
      const { taskType, taskUUID } = task ?? {};
      const error = { code, status: 'error', message: 'It failed.', taskUUID, taskType };
      if (taskType === 'videoInference') submits += 1;
      sendJson(reply, status, { data: [], errors: [error] });
    });
    const sync3 = new Sync3({ baseUrl: server.url, apiKey: 'key', maxRetries: 0 });
    const submit = sync3.lipsync.submit(first, { idempotencyKey: 'order-1' });
    await expect(submit).rejects.toMatchObject({ name: 'ConflictError' });
    expect(submits).toBe(0);
  }
});
