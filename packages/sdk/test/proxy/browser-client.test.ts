import { askForCost } from '@sync3/generated/constants';
import { describe, expect, test } from 'vitest';
import {
  AuthenticationError,
  PermissionDeniedError,
  ServerError,
  Sync3,
  TimeoutError,
} from '../../src/index.js';
import {
  cooperative,
  processing,
  type Script,
  sendJson,
  success,
} from '../http/scripted-server.js';
import { quickPolling, sampleJob } from '../sample-job.js';
import { runwareKey, serveProxy, sessionToken, until } from './serve-proxy.js';

const clientOf = (baseUrl: string, options = {}) =>
  new Sync3({ baseUrl, apiKey: sessionToken, polling: quickPolling, ...options });

const mediaUUID = '0f8f2f0a-5d0c-4c9d-9a54-2f5f1c0b6e55';
const storing: Script = (request, response) => {
  const [task] = request.tasks;
  if (task?.taskType !== 'mediaStorage') return cooperative(request, response);
  const { taskType, taskUUID, operation } = task;
  const mediaURL = 'https://im.runware.ai/x';
  sendJson(response, 200, { data: [{ taskType, taskUUID, operation, mediaUUID, mediaURL }] });
};

describe('the SDK in a browser, behind the proxy', () => {
  test('runs a job from its submit to its videos, and the API sees only the Runware key', async () => {
    let polls = 0;
    const { url, requests } = await serveProxy({
      script(request, response) {
        const isDone = request.tasks[0]?.taskType !== 'getResponse' || ++polls > 2;
        if (isDone) return cooperative(request, response);
        sendJson(response, 200, { data: request.tasks.map((task) => processing(task.taskUUID)) });
      },
    });
    const { taskUUID, videos } = await clientOf(url).lipsync.run({
      ...sampleJob,
      ...askForCost,
    });
    expect(videos).toMatchObject([{ url: success(taskUUID).videoURL }]);
    expect(requests.map(({ tasks }) => tasks[0]?.taskType)).toEqual([
      'videoInference',
      ...Array(3).fill('getResponse'),
    ]);
    for (const { headers, url: path } of requests) {
      expect(headers.authorization).toBe(`Bearer ${runwareKey}`);
      expect(path).toBe('/v1');
      expect(JSON.stringify(headers)).not.toContain(sessionToken);
    }
  });

  test('has its session token in the request that authorize sees', async () => {
    const seen: unknown[] = [];
    const { url } = await serveProxy({
      authorize({ headers }, tasks) {
        seen.push([headers.get('Authorization'), tasks]);
        return true;
      },
    });
    const { taskUUID } = await clientOf(url).lipsync.submit(sampleJob);
    expect(seen).toEqual([
      [`Bearer ${sessionToken}`, [expect.objectContaining({ taskUUID, ...sampleJob })]],
    ]);
  });

  test('uploads a Blob whole, and then submits its UUID', async () => {
    const { url, requests } = await serveProxy({ script: storing, maxBodyBytes: 2 ** 21 });
    const bytes = Uint8Array.from({ length: 1_000_001 }, (_, index) => (index * 31) % 251);
    await clientOf(url).lipsync.submit({
      inputs: {
        video: new Blob([bytes], { type: 'video/mp4' }),
        audio: 'https://example.com/line.wav',
      },
    });
    const [uploaded, submitted] = requests;
    const media = String(uploaded?.tasks[0]?.['media']);
    expect(media.startsWith('data:video/mp4;base64,')).toBe(true);
    expect(Buffer.from(media.slice(media.indexOf(',')), 'base64').equals(bytes)).toBe(true);
    expect(submitted?.tasks[0]).toMatchObject({ inputs: { video: mediaUUID } });
  });

  test('asks what a job would cost, which stays a dry run', async () => {
    const { url, requests } = await serveProxy({
      script: ({ tasks }, response) =>
        sendJson(response, 200, { data: tasks.map((task) => ({ ...task, cost: 0.5 })) }),
    });
    await expect(clientOf(url).lipsync.estimate(sampleJob)).resolves.toMatchObject({ cost: 0.5 });
    expect(requests.map(({ headers }) => headers['x-runware-dry-run'])).toEqual(['1']);
  });

  test('asks what the API has kept of a job', async () => {
    const kept = { request: [], response: { data: [] } };
    const { url } = await serveProxy({
      script: ({ tasks }, response) =>
        sendJson(response, 200, { data: tasks.map((task) => ({ ...task, ...kept })) }),
    });
    const asked = clientOf(url).tasks.details(crypto.randomUUID());
    await expect(asked).resolves.toMatchObject(kept);
  });

  test('removes a stored file', async () => {
    const { url, requests } = await serveProxy({ script: storing });
    await clientOf(url).media.delete(mediaUUID);
    expect(requests[0]?.tasks).toMatchObject([{ operation: 'delete', media: mediaUUID }]);
  });

  test('asks for many jobs in one request', async () => {
    const { url, requests } = await serveProxy();
    const client = clientOf(url);
    const uuids = Array.from({ length: 100 }, () => crypto.randomUUID());
    const results = await Promise.all(uuids.map((uuid) => client.tasks.attach(uuid).wait()));
    expect(results.map(({ taskUUID }) => taskUUID)).toEqual(uuids);
    expect(requests.map(({ tasks }) => tasks.length)).toEqual([100]);
  });

  test('gets the errors of the API as if it had called it', async () => {
    const { url } = await serveProxy({
      script: ({ tasks }, response) => {
        const taskUUID = tasks[0]?.taskUUID;
        const error = { code: 'invalidParameter', message: 'No such voice', taskUUID };
        sendJson(response, 400, { errors: [{ ...error, parameter: 'speech.voice' }] });
      },
    });
    const submitted = clientOf(url).lipsync.submit(sampleJob);
    await expect(submitted).rejects.toMatchObject({
      name: 'ApiError',
      status: 400,
      code: 'invalidParameter',
      parameter: 'speech.voice',
    });
  });

  test('that is not authorized gets an AuthenticationError, and submits once', async () => {
    let calls = 0;
    const { url, requests } = await serveProxy({
      authorize: () => {
        calls++;
        return false;
      },
    });
    const submitted = clientOf(url).lipsync.submit(sampleJob);
    await expect(submitted).rejects.toBeInstanceOf(AuthenticationError);
    expect(calls).toBe(1);
    expect(requests).toEqual([]);
  });

  test("with auth: 'task' is told that this task is not let through", async () => {
    const { url, requests } = await serveProxy();
    const submitted = clientOf(url, { auth: 'task' }).lipsync.submit(sampleJob);
    await expect(submitted).rejects.toBeInstanceOf(PermissionDeniedError);
    expect(requests).toEqual([]);
  });

  test('of an API that is gone gets a ServerError to try again after', async () => {
    const { url } = await serveProxy({ script: (_, response) => void response.destroy() });
    const asked = clientOf(url, { maxRetries: 0 }).tasks.status(crypto.randomUUID());
    const error = await asked.catch((caught: unknown) => caught);
    expect(error).toBeInstanceOf(ServerError);
    expect(error).toMatchObject({ status: 502, retryable: true });
  });

  test('whose answer is lost submits the same job again, and pays once', async () => {
    const known = new Set<string>();
    const submits: string[] = [];
    const { url } = await serveProxy({
      script(request, response) {
        const [task] = request.tasks;
        if (!task) return;
        if (task.taskType === 'getResponse') {
          const data = known.has(task.taskUUID) ? [processing(task.taskUUID)] : [];
          return sendJson(response, 200, { data });
        }
        submits.push(task.taskUUID);
        known.add(task.taskUUID);
        response.destroy();
      },
    });
    const { taskUUID } = await clientOf(url).lipsync.submit(sampleJob);
    expect(submits).toEqual([taskUUID]);
  });

  test('keeps waiting when the proxy cannot tell for a while', async () => {
    let polls = 0;
    const { url } = await serveProxy({
      authorize(_, tasks) {
        const isPoll = tasks.some((task) => 'taskType' in task && task.taskType === 'getResponse');
        if (isPoll && ++polls < 3) throw new Error('the session store is down');
        return true;
      },
    });
    const { videos } = await clientOf(url).lipsync.run(sampleJob);
    expect(videos).toHaveLength(1);
  });

  test('that gives up gets its own error, not one of the proxy', async () => {
    const { url } = await serveProxy({ script: () => {} });
    const client = clientOf(url, { timeoutMs: 50, maxRetries: 0 });
    const asked = client.tasks.status(crypto.randomUUID());
    await expect(asked).rejects.toBeInstanceOf(TimeoutError);
  });

  test.each(['read', 'locked'])(
    'of a proxy whose request was %s by a body parser is told so, and what to do',
    async (state) => {
      const { handler, url, requests, errors } = await serveProxy();
      const behindParser: typeof fetch = async (input, init) => {
        const request = new Request(input, init);
        if (state === 'read') await request.text();
        else request.body?.getReader();
        return handler(request);
      };
      const asked = clientOf(url, { fetch: behindParser, maxRetries: 0 }).tasks.status(
        crypto.randomUUID(),
      );
      await expect(asked).rejects.toMatchObject({
        name: 'ServerError',
        status: 500,
        message: expect.stringMatching(/was read before.*[Mm]ount the proxy before/s),
      });
      expect(errors).toMatchObject([{ code: 'bodyAlreadyRead' }]);
      expect(requests).toEqual([]);
    },
  );

  test.each<[string, number, RegExp, Parameters<typeof serveProxy>[0]]>([
    ['is too large', 413, /larger than 50 bytes.*maxBodyBytes/s, { maxBodyBytes: 50 }],
    ['names a foreign host', 403, /host.*allowedInputHosts/s, { allowedInputHosts: [] }],
    ['is not authorized', 401, /The application does not allow this/, { authorize: () => false }],
    ['comes when the proxy is busy', 503, /Try again/, { maxConcurrentBodies: 1 }],
  ])('whose request %s gets the sentence of the proxy', async (_, status, sentence, options) => {
    const { url, handler } = await serveProxy(options);
    let isHeld = false;
    const body = new ReadableStream({
      pull() {
        isHeld = true;
      },
    });
    if (status === 503) {
      void handler(new Request(url, { method: 'POST', body, ...{ duplex: 'half' } }));
      await until(() => isHeld);
    }
    const submitted = clientOf(url, { maxRetries: 0 }).lipsync.submit(sampleJob);
    await expect(submitted).rejects.toMatchObject({
      status,
      message: expect.stringMatching(sentence),
    });
  });
});
