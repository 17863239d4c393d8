import { model } from '@sync3/generated/constants';
import { describe, expect, test, vi } from 'vitest';
import { Sync3Error } from '../../src/index.js';
import { createProxyHandler } from '../../src/proxy/index.js';
import { withProperty } from '../rules/json-arbitrary.js';
import {
  detailsQuestion,
  job,
  question,
  removal,
  runwareKey,
  serveProxy,
  upload,
} from './serve-proxy.js';

/** Room for bodies that are refused for something else than their length. */
const maxBodyBytes = 100 * 2 ** 20;
const uuids = (count: number) => Array.from({ length: count }, () => crypto.randomUUID());

describe('lets through', () => {
  test.each([
    ['a job', [job]],
    ['a question', [question]],
    ['a question for details', [detailsQuestion]],
    ['an upload', [upload]],
    ['the upload of a URL', [{ ...upload, media: 'https://example.com/a.mp4' }]],
    ['a removal', [removal]],
    ['all of them', [job, question, detailsQuestion, upload, removal]],
    ['100 questions', uuids(100).map((taskUUID) => ({ ...question, taskUUID }))],
    ['a text with many commas', [{ ...upload, media: 'data:,",[{'.repeat(200_000) }]],
    ['a job with a warning', [{ ...job, safety: { checkContent: true } }]],
  ])('%s', async (_, tasks) => {
    const { ask, requests } = await serveProxy({ maxBodyBytes });
    const answer = await ask(tasks);
    expect(answer.status).toBe(200);
    expect(requests.map((request) => request.tasks)).toEqual([tasks]);
  });

  test('36,000 bounding boxes', async () => {
    const { ask, requests } = await serveProxy();
    const boundingBoxes = Array(36_000).fill([1.5, 2.25, 3, 4]);
    const answer = await ask([{ ...job, settings: { activeSpeakerDetection: { boundingBoxes } } }]);
    expect(answer.status).toBe(200);
    expect(requests).toHaveLength(1);
  });
});

describe('refuses a task, and sends nothing of the request', () => {
  const proto = (task: object) => withProperty(task, '__proto__', { model });
  const { model: _, ...jobWithoutModel } = job;

  test.each<[string, number, unknown, object]>([
    ['of another type', 403, { ...job, taskType: 'imageInference' }, { code: 'forbidden' }],
    [
      'of authentication',
      403,
      { taskType: 'authentication', apiKey: 'stolen' },
      { code: 'forbidden' },
    ],
    ['of the deprecated upload', 403, { ...upload, taskType: 'imageUpload' }, {}],
    ['without a type', 403, { taskUUID: job.taskUUID }, {}],
    ['whose type is a list', 403, { ...question, taskType: ['getResponse'] }, {}],
    ['whose type every object has', 403, { ...question, taskType: 'constructor' }, {}],
    ['whose type is __proto__', 403, { ...question, taskType: '__proto__' }, {}],
    ['of another model', 400, { ...job, model: 'sync:lipsync@2' }, { parameter: 'model' }],
    ['without a model', 400, jobWithoutModel, { parameter: 'model' }],
    [
      'with a broken rule',
      400,
      { ...job, settings: { syncMode: 'loop' } },
      { parameter: 'settings.syncMode' },
    ],
    [
      'that only the prose of the API forbids',
      400,
      {
        ...job,
        inputs: { video: job.inputs.video },
        settings: { segments: [{ startTime: 2, endTime: 1, audio: job.inputs.audio }] },
      },
      { parameter: 'settings.segments.0.endTime' },
    ],
    ['with an unknown property', 400, { ...job, apiKey: 'x' }, { code: 'invalidParameter' }],
    ['with an unknown property inside', 400, { ...job, inputs: { ...job.inputs, x: 1 } }, {}],
    ['with __proto__', 400, proto(job), {}],
    ['with __proto__ inside', 400, { ...job, inputs: proto(job.inputs) }, {}],
    ['with a number that is none', 400, '[{"ttl":1e999}]', {}],
    [
      'of a text that no rule bounds and that is far too long',
      400,
      {
        ...job,
        inputs: { video: job.inputs.video },
        speech: { text: 'Hello.', voice: 'a'.repeat(200_000) },
      },
      {},
    ],
    ['that asks with more', 400, { ...question, includeCost: true }, {}],
    ['that asks with __proto__', 400, proto(question), {}],
    ['that asks for no UUID', 400, { taskType: 'getResponse' }, { parameter: 'taskUUID' }],
    ['that asks for a list', 400, { ...question, taskUUID: [job.taskUUID] }, {}],
    ['that asks for details with more', 400, { ...detailsQuestion, model: 'x' }, {}],
    ['that stores with more', 400, { ...upload, webhookURL: 'https://evil.example' }, {}],
    ['that stores with __proto__', 400, proto(upload), {}],
    ['that stores nothing', 400, { ...upload, media: '' }, { parameter: 'media' }],
    ['that stores a list', 400, { ...upload, media: ['https://example.com/a'] }, {}],
    ['that copies', 400, { ...upload, operation: 'copy' }, { parameter: 'operation' }],
    ['that removes no UUID', 400, { ...removal, media: 'https://example.com/a.mp4' }, {}],
    ['that is null', 400, null, { code: 'invalidTask' }],
    ['that is a text', 400, 'getResponse', {}],
    ['that is a list', 400, [question], {}],
  ])('%s', async (__, status, task, error) => {
    const authorize = vi.fn(() => true);
    const { ask, requests, errors } = await serveProxy({ authorize });
    const another = { ...job, taskUUID: crypto.randomUUID() };
    const answer = await ask([question, task, another]);
    expect(answer.status).toBe(status);
    expect(answer.headers.get('content-type')).toBe('application/json');
    await expect(answer.json()).resolves.toEqual({
      errors: [
        expect.objectContaining({
          code: expect.any(String),
          message: expect.any(String),
          ...error,
        }),
      ],
    });
    expect(authorize).not.toHaveBeenCalled();
    expect(requests).toEqual([]);
    expect(errors).toEqual([]);
  });

  test('with an error for each that is wrong, by its UUID', async () => {
    const { ask, requests } = await serveProxy();
    const [first = '', second = ''] = uuids(2);
    const answer = await ask([
      question,
      { ...question, taskUUID: first, extra: 1 },
      { ...job, taskUUID: second, ttl: 1 },
    ]);
    expect(answer.status).toBe(400);
    await expect(answer.json()).resolves.toMatchObject({
      errors: [
        { taskUUID: first, taskType: 'getResponse' },
        { taskUUID: second, taskType: 'videoInference', parameter: 'ttl' },
      ],
    });
    expect(requests).toEqual([]);
  });

  test.each([
    ['twice', job.taskUUID],
    ['in another case', job.taskUUID.toUpperCase()],
    ['as a URN', `urn:uuid:${job.taskUUID}`],
  ])('of two jobs that have one UUID, %s', async (__, taskUUID) => {
    const { ask, requests } = await serveProxy();
    const answer = await ask([job, question, { ...job, taskUUID }]);
    expect(answer.status).toBe(400);
    await expect(answer.json()).resolves.toMatchObject({ errors: [{ taskUUID }] });
    expect(requests).toEqual([]);
  });

  test('without repeating what was sent', async () => {
    const { ask } = await serveProxy();
    const answer = await ask([
      { ...job, [runwareKey]: 1, settings: { [runwareKey]: 1 } },
      { ...question, [runwareKey]: 1 },
      { taskType: runwareKey, taskUUID: runwareKey },
      { ...upload, operation: runwareKey },
    ]);
    const text = await answer.text();
    expect(JSON.parse(text).errors).toHaveLength(4);
    expect(text).not.toContain('S3cret');
  });
});

describe('refuses a body, and sends nothing of it', () => {
  test.each<[string, number, string]>([
    ['that is empty', 400, ''],
    ['that is no JSON', 400, '[{'],
    ['that is one task', 400, JSON.stringify(question)],
    ['that is null', 400, 'null'],
    ['that is an empty list', 400, '[]'],
    ['of 101 tasks', 400, JSON.stringify(Array(101).fill(question))],
    ['that is nested without end', 400, `[${'['.repeat(100_000)}${']'.repeat(100_000)}]`],
    ['that is nested further', 413, '['.repeat(300_000)],
    ['of many empty lists', 413, `[${'[],'.repeat(1_000_000)}[]]`],
    ['of many names', 413, `[{"a":1${',"a":1'.repeat(300_000)}}]`],
    ['of many values behind an escaped quotation mark', 413, `["\\""${',1'.repeat(300_000)}]`],
    ['of many values behind escaped backslashes', 413, `["\\\\"${',1'.repeat(300_000)}]`],
    ['with a name without end', 413, `[{"a": 1, "${'~/'.repeat(20e6)}" \n : 1}]`],
  ])('%s', async (_, status, body) => {
    const { ask, requests } = await serveProxy({ maxBodyBytes });
    const answer = await ask(body);
    expect(answer.status).toBe(status);
    await expect(answer.json()).resolves.toMatchObject({ errors: [{ code: expect.any(String) }] });
    expect(requests).toEqual([]);
  });

  test('that is not UTF-8', async () => {
    const { url, requests } = await serveProxy();
    const text = JSON.stringify([{ ...upload, media: 'ÿ' }]);
    const answer = await fetch(url, { method: 'POST', body: Buffer.from(text, 'latin1') });
    expect(answer.status).toBe(400);
    expect(requests).toEqual([]);
  });

  const large = JSON.stringify([{ ...upload, media: 'a'.repeat(10_000) }]);
  const streamed = (chunks: number) =>
    new ReadableStream<Uint8Array>({
      pull(controller) {
        if (chunks-- > 0) controller.enqueue(new TextEncoder().encode(large));
        else controller.close();
      },
    });

  test('that is too large, however its length is announced', async () => {
    const authorize = vi.fn(() => true);
    const { handler, ask, url, requests } = await serveProxy({ maxBodyBytes: 10_000, authorize });
    const announced = await ask(large);
    expect(announced.status).toBe(413);
    await expect(announced.json()).resolves.toMatchObject({
      errors: [{ code: 'requestTooLarge' }],
    });
    const init = { method: 'POST', duplex: 'half' } as const;
    const chunked = await fetch(url, { ...init, body: streamed(1_000) });
    expect(chunked.status).toBe(413);
    const lying = new Request(url, {
      ...init,
      body: streamed(2),
      headers: { 'Content-Length': '10' },
    });
    await expect(handler(lying)).resolves.toHaveProperty('status', 413);
    expect(authorize).not.toHaveBeenCalled();
    expect(requests).toEqual([]);
  });

  test('of exactly the bound passes', async () => {
    const bytes = Buffer.byteLength(large);
    const { ask, requests } = await serveProxy({ maxBodyBytes: bytes });
    await expect(ask(large)).resolves.toHaveProperty('status', 200);
    expect(requests).toHaveLength(1);
    const smaller = await serveProxy({ maxBodyBytes: bytes - 1 });
    await expect(smaller.ask(large)).resolves.toHaveProperty('status', 413);
  });

  test('and reads no more of it than the bound', async () => {
    const { handler, url } = await serveProxy({ maxBodyBytes: 50_000 });
    let pulled = 0;
    let isCancelled = false;
    const body = new ReadableStream({
      pull(controller) {
        pulled++;
        controller.enqueue(new TextEncoder().encode(large));
      },
      cancel() {
        isCancelled = true;
      },
    });
    const request = new Request(url, { method: 'POST', duplex: 'half', body } as RequestInit);
    await expect(handler(request)).resolves.toHaveProperty('status', 413);
    expect(pulled).toBeLessThan(8);
    expect(isCancelled).toBe(true);
  });

  test('that breaks off', async () => {
    const { handler, url, requests, errors } = await serveProxy();
    const body = new ReadableStream({
      start: (controller) => controller.error(new Error('gone')),
    });
    const request = new Request(url, { method: 'POST', duplex: 'half', body } as RequestInit);
    await expect(handler(request)).resolves.toHaveProperty('status', 400);
    expect(requests).toEqual([]);
    expect(errors).toEqual([]);
  });

  test('that was read before, which its owner is told', async () => {
    const { handler, url, errors, requests } = await serveProxy();
    const request = new Request(url, { method: 'POST', body: JSON.stringify([question]) });
    await request.text();
    await expect(handler(request)).resolves.toHaveProperty('status', 500);
    expect(errors).toMatchObject([{ message: expect.stringContaining('was read before') }]);
    expect(requests).toEqual([]);
  });
});

test.each(['GET', 'HEAD', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'])(
  'refuses the method %s',
  async (method) => {
    const { url, requests } = await serveProxy();
    const answer = await fetch(url, { method });
    expect(answer.status).toBe(405);
    expect(answer.headers.get('allow')).toBe('POST');
    expect(requests).toEqual([]);
  },
);

test.each(['0', 'true', '', '1, 1', '1 ;'])(
  'refuses the dry run "%s", which would have been none',
  async (value) => {
    const { ask, requests } = await serveProxy();
    const answer = await ask([job], { headers: { 'X-Runware-Dry-Run': value } });
    expect(answer.status).toBe(400);
    expect(requests).toEqual([]);
  },
);

describe('authenticate', () => {
  test('is asked before anything of the body is read, and lets nobody else in', async () => {
    let isRead = false;
    const body = new ReadableStream(
      {
        pull() {
          isRead = true;
        },
      },
      { highWaterMark: 0 },
    );
    const authorize = vi.fn(() => true);
    const { handler, url, requests } = await serveProxy({ authenticate: () => false, authorize });
    const init = { method: 'POST', body, ...{ duplex: 'half' } };
    const answer = await handler(new Request(url, init));
    expect(answer.status).toBe(401);
    expect(isRead).toBe(false);
    expect(authorize).not.toHaveBeenCalled();
    expect(requests).toEqual([]);
  });

  test('that gives true leaves the word to authorize', async () => {
    const authenticate = vi.fn(({ headers }: Request) => headers.get('cookie') === 'session=1');
    const { ask, requests } = await serveProxy({ authenticate, authorize: () => false });
    expect((await ask([job], { headers: { Cookie: 'session=1' } })).status).toBe(401);
    expect(authenticate).toHaveReturnedWith(true);
    expect(requests).toEqual([]);
  });

  test('and authorize that both give true let a request pass', async () => {
    const { ask, requests } = await serveProxy({ authenticate: () => Promise.resolve(true) });
    expect((await ask([job])).status).toBe(200);
    expect(requests).toHaveLength(1);
  });

  test('that fails is a 500 without detail, of which the owner is told', async () => {
    const authenticate = () => Promise.reject(new Error('SELECT * FROM users'));
    const { ask, requests, errors } = await serveProxy({ authenticate });
    const answer = await ask([job]);
    expect(answer.status).toBe(500);
    expect(await answer.text()).not.toContain('SELECT');
    expect(errors).toMatchObject([{ name: 'Sync3Error', message: 'authenticate failed.' }]);
    expect(requests).toEqual([]);
  });
});

describe('authorize', () => {
  test('is called once for each request, and before anything is sent', async () => {
    const sentBefore: number[] = [];
    const { ask, requests } = await serveProxy({
      authorize() {
        sentBefore.push(requests.length);
        return true;
      },
    });
    await ask([job, question, upload]);
    await ask([question]);
    expect(sentBefore).toEqual([0, 1]);
    expect(requests).toHaveLength(2);
  });

  test('sees the URL, the headers and the tasks, and a body that has been read', async () => {
    const authorize = vi.fn((_: Request, __: readonly object[]) => true);
    const { url, ask } = await serveProxy({ authorize });
    await ask([job, question], { headers: { Cookie: 'session=1' } });
    const [request, tasks] = authorize.mock.calls[0] ?? [];
    expect(request?.url).toBe(url);
    expect(request?.headers.get('cookie')).toBe('session=1');
    expect(request?.bodyUsed).toBe(true);
    expect(tasks).toEqual([job, question]);
  });

  test.each<[string, unknown]>([
    ['false', false],
    ['a promise of false', Promise.resolve(false)],
    ['nothing', undefined],
    ['a user', { name: 'Ada' }],
    ['the text "true"', 'true'],
    ['1', 1],
  ])('that gives %s lets nobody pass', async (_, verdict) => {
    const { ask, requests, errors } = await serveProxy({ authorize: () => verdict as boolean });
    const answer = await ask([job]);
    expect(answer.status).toBe(401);
    await expect(answer.json()).resolves.toEqual({
      errors: [{ code: 'unauthorized', message: 'The application does not allow this.' }],
    });
    expect(requests).toEqual([]);
    expect(errors).toEqual([]);
  });

  test.each<[string, () => boolean | Promise<boolean>]>([
    [
      'throws',
      () => {
        throw new Error('SELECT * FROM users');
      },
    ],
    ['rejects', () => Promise.reject(new Error('SELECT * FROM users'))],
    [
      'throws nothing in particular',
      () => {
        throw undefined;
      },
    ],
  ])('that %s is a 500 without detail, of which the owner is told', async (_, authorize) => {
    const { ask, requests, errors } = await serveProxy({ authorize });
    const answer = await ask([job]);
    expect(answer.status).toBe(500);
    const text = await answer.text();
    expect(JSON.parse(text)).toMatchObject({ errors: [{ code: 'internalServerError' }] });
    expect(text).not.toContain('SELECT');
    expect(requests).toEqual([]);
    expect(errors).toMatchObject([{ name: 'Sync3Error', message: 'authorize failed.' }]);
  });

  test('changes nothing that is sent', async () => {
    const { ask, requests } = await serveProxy({
      authorize(_, tasks) {
        for (const task of tasks) Object.assign(task, { model: 'another:model@1' });
        (tasks as object[]).push({ taskType: 'imageInference' });
        return true;
      },
    });
    await ask([job]);
    expect(requests[0]?.tasks).toEqual([job]);
  });
});

describe('a proxy is not made', () => {
  const options = { apiKey: runwareKey, authorize: () => true };

  test.each<[string, object, RegExp]>([
    ['without authorize', { authorize: undefined }, /authorize/],
    ['with an authorize that is no function', { authorize: true }, /authorize/],
    ['without a key', { apiKey: ' ' }, /RUNWARE_API_KEY/],
    ['with a base URL that is none', { baseUrl: 'runware' }, /base ?URL/i],
    ['with no room for a body', { maxBodyBytes: 0 }, /maxBodyBytes/],
    ['with no time', { timeoutMs: -1 }, /timeoutMs/],
    ['with no time for a body', { bodyTimeoutMs: 0 }, /bodyTimeoutMs/],
    ['with no place for a body', { maxConcurrentBodies: 0 }, /maxConcurrentBodies/],
    ['with room for half a body', { maxBodyBytes: 100, maxHeldBytes: 99 }, /maxHeldBytes.*100/],
    ['with room for half a body of 1 MiB', { maxHeldBytes: 1_000 }, /maxHeldBytes.*1048576/],
    ['for every origin', { allowedOrigins: ['*'] }, /allowedOrigins/],
    ['for the origin null', { allowedOrigins: ['null'] }, /allowedOrigins/],
    ['for a URL with a path', { allowedOrigins: ['https://app.example/'] }, /allowedOrigins/],
    ['for a host', { allowedOrigins: ['app.example'] }, /allowedOrigins/],
    ['for an origin that no browser writes so', { allowedOrigins: ['https://A.example'] }, /A\.ex/],
    ['for a default port', { allowedOrigins: ['https://a.example:443'] }, /allowedOrigins/],
  ])('%s', (_, wrong, message) => {
    const create = () => createProxyHandler({ ...options, ...wrong });
    expect(create).toThrow(Sync3Error);
    expect(create).toThrow(message);
  });

  test('but takes the key and the base URL from the environment', async () => {
    vi.stubEnv('RUNWARE_API_KEY', 'from-the-environment');
    vi.stubEnv('RUNWARE_BASE_URL', 'https://api.example/v1');
    const sent: unknown[] = [];
    const handler = createProxyHandler({
      authorize: () => true,
      fetch: async (url, init) => {
        sent.push(url, new Headers(init?.headers).get('Authorization'));
        return Response.json({ data: [] });
      },
    });
    vi.unstubAllEnvs();
    const body = JSON.stringify([question]);
    await handler(new Request('https://app.example/', { method: 'POST', body }));
    expect(sent).toEqual(['https://api.example/v1', 'Bearer from-the-environment']);
  });
});
