import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { type MockServerOptions, startMockServer } from '@sync3/mock-server';
import { describe, expect, onTestFinished, test } from 'vitest';

const sample = (name: string) =>
  fileURLToPath(new URL(`../../../examples/media/${name}`, import.meta.url));

async function start(options: MockServerOptions = {}) {
  const mock = await startMockServer({ apiKeys: ['key'], jobDurationMs: 0, ...options });
  onTestFinished(() => mock.close());
  /** Posts like curl would. */
  const post = async (body: unknown, headers: Record<string, string> = {}) => {
    const response = await fetch(mock.url, {
      method: 'POST',
      headers: { authorization: 'Bearer key', 'content-type': 'application/json', ...headers },
      body: typeof body === 'string' ? body : JSON.stringify(body),
    });
    // biome-ignore lint/suspicious/noExplicitAny: the tests look into it
    const answer = (await response.json()) as any;
    return { status: response.status, body: answer };
  };
  return { mock, post };
}

const job = (more: object = {}) => ({
  taskType: 'videoInference',
  taskUUID: randomUUID(),
  model: 'sync:lipsync@3',
  inputs: { video: 'https://example.com/v.mp4', audio: 'https://example.com/a.wav' },
  ...more,
});

const getResponse = (taskUUID: string) => ({ taskType: 'getResponse', taskUUID });

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

describe('a job', () => {
  test('is acknowledged, in progress, and done', async () => {
    const { mock, post } = await start({ jobDurationMs: 300 });
    const task = job();
    expect(await post([task])).toEqual({
      status: 200,
      body: { data: [{ taskType: 'videoInference', taskUUID: task.taskUUID }] },
    });
    const { body } = await post([getResponse(task.taskUUID)]);
    expect(body.data).toMatchObject([{ taskUUID: task.taskUUID, status: 'processing' }]);
    expect(mock.tasks).toMatchObject([{ taskUUID: task.taskUUID, charges: 1 }]);
  });

  test('with a UUID in use is refused as a conflict, and not charged', async () => {
    const { mock, post } = await start();
    const task = job();
    await post([task]);
    const { status, body } = await post([task]);
    expect(status).toBe(400);
    const { taskUUID } = task;
    expect(body.errors).toMatchObject([{ code: 'conflictTaskUUID', taskUUID }]);
    expect(mock.stats).toMatchObject({ submits: 2, charged: 1, conflicts: 1 });
  });

  test('whose media would come from another host fails and says how to allow it', async () => {
    const { post } = await start();
    const task = job();
    await post([task]);
    await expect
      .poll(async () => (await post([getResponse(task.taskUUID)])).body.data[0])
      .toMatchObject({
        status: 'error',
        error: { code: 'downloadFailed', message: expect.stringContaining('allowOutbound') },
      });
  });

  test('whose media redirects to another host fails', async () => {
    const server = createServer((_, response) => {
      response.writeHead(302, { location: 'https://example.com/v.mp4' }).end();
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    onTestFinished(() => void server.close());
    const { post } = await start();
    const video = `http://127.0.0.1:${(server.address() as AddressInfo).port}/v.mp4`;
    const task = job({ inputs: { video, audio: video } });
    await post([task]);
    await expect
      .poll(async () => (await post([getResponse(task.taskUUID)])).body.data[0])
      .toMatchObject({ status: 'error', error: { code: 'downloadFailed' } });
  });

  test('with each of several results a row of its own', async () => {
    const { post } = await start({ jobDurationMs: 60_000 });
    const task = job({ numberResults: 3 });
    await post([task]);
    const { body } = await post([getResponse(task.taskUUID)]);
    expect(body.data).toHaveLength(3);
  });

  test('can be looked up with its request', async () => {
    const { post } = await start();
    const task = job();
    await post([task]);
    const { body } = await post([{ taskType: 'getTaskDetails', taskUUID: task.taskUUID }]);
    expect(body.data).toMatchObject([{ taskType: 'getTaskDetails', request: [task] }]);
  });
});

test('a UUID that was never submitted is answered with no row and no error', async () => {
  const { post } = await start();
  expect(await post([getResponse(randomUUID())])).toEqual({ status: 200, body: { data: [] } });
});

test('errors belong to their task; the other tasks of the request are served', async () => {
  const { mock, post } = await start();
  const [good, bad] = [job(), job({ outputQuality: 5 })];
  const { status, body } = await post([good, bad, getResponse(randomUUID())]);
  expect(status).toBe(200);
  expect(body.data).toMatchObject([{ taskUUID: good.taskUUID }]);
  expect(body.errors).toMatchObject([
    { code: 'invalidParameter', parameter: 'outputQuality', taskUUID: bad.taskUUID },
  ]);
  expect(mock.stats).toMatchObject({ charged: 1, violations: 0 });
});

describe('a broken rule is one error in Runware’s shape:', () => {
  const audio = 'https://example.com/a.wav';
  const segment = { startTime: 0, endTime: 1, audio };
  test.each([
    [
      'no audio source',
      { inputs: { video: 'https://example.com/v.mp4' } },
      'missingParameter',
      ['inputs.audio', 'speech', 'settings.segments'],
    ],
    [
      'two audio sources',
      { speech: { text: 'x', voice: 'auto' } },
      'conflictParameters',
      ['inputs.audio', 'speech', 'settings.segments'],
    ],
    ['no video', { inputs: { audio } }, 'missingParameter', 'inputs.video'],
    ['a local path', { inputs: { video: './v.mp4', audio } }, 'invalidParameter', 'inputs.video'],
    ['tts without speech', { settings: { tts: {} } }, 'missingParameter', 'speech'],
    ['syncMode loop', { settings: { syncMode: 'loop' } }, 'invalidParameter', 'settings.syncMode'],
    ['outputType FILE', { outputType: 'FILE' }, 'invalidParameter', 'outputType'],
    ['an unknown property', { seed: 1 }, 'unknownParameter', 'seed'],
    [
      'coordinates without a frame number',
      { settings: { activeSpeakerDetection: { coordinates: [1, 2] } } },
      'missingParameter',
      'settings.activeSpeakerDetection.frameNumber',
    ],
    [
      'half a hundredth of a second',
      {
        inputs: { video: 'https://example.com/v.mp4' },
        settings: { segments: [{ ...segment, endTime: 1.005 }] },
      },
      'invalidParameter',
      'settings.segments.0.endTime',
    ],
    ['a wrong UUID', { taskUUID: 'x' }, 'invalidParameter', 'taskUUID'],
  ])('%s', async (_, wrong, code, parameter) => {
    const { mock, post } = await start();
    const { status, body } = await post([job(wrong)]);
    expect(status).toBe(400);
    expect(body.errors).toMatchObject([{ code, parameter, taskType: 'videoInference' }]);
    expect(body.errors[0].message).toMatch(/^[A-Z'].*\.$/);
    expect(mock.stats).toMatchObject({ charged: 0, violations: 0 });
  });

  test('a local path says what is taken', async () => {
    const { post } = await start();
    const { body } = await post([job({ inputs: { video: './v.mp4', audio } })]);
    expect(body.errors).toMatchObject([
      { message: "'inputs.video' must be a URL, or the UUID of stored media." },
    ]);
  });

  test('boxes together with coordinates', async () => {
    const { post } = await start();
    const speaker = { boundingBoxes: [[1, 2, 3, 4]], coordinates: [1, 2], frameNumber: 0 };
    const { body } = await post([job({ settings: { activeSpeakerDetection: speaker } })]);
    expect(body.errors).toMatchObject([
      {
        code: 'conflictParameters',
        parameter: [
          'settings.activeSpeakerDetection.boundingBoxes',
          'settings.activeSpeakerDetection.coordinates',
        ],
      },
    ]);
  });

  test('an unknown task type', async () => {
    const { post } = await start();
    const { status, body } = await post([{ taskType: 'imageInference', taskUUID: randomUUID() }]);
    expect(status).toBe(400);
    expect(body.errors).toMatchObject([{ code: 'invalidParameter', parameter: 'taskType' }]);
  });
});

describe('a body that is no list of tasks is answered 400:', () => {
  test.each([
    ['cut JSON', '[{"taskType":'],
    ['nothing', ''],
    ['an empty list', '[]'],
    ['an object', '{}'],
    ['null', 'null'],
    ['a list of nulls', '[null]'],
    ['a list of lists', '[[1]]'],
    ['a hostile key', '[{"__proto__":{"taskType":"videoInference"}}]'],
  ])('%s', async (_, text) => {
    const { mock, post } = await start({ apiKeys: ['key'] });
    const { status, body } = await post(text);
    expect(status).toBe(400);
    expect(body.errors.length).toBeGreaterThan(0);
    expect(mock.stats.violations).toBe(0);
  });

  test('one over the bound, with an answer and not a lost connection', async () => {
    const { post } = await start({ maxBodyBytes: 1000 });
    const { status, body } = await post([job({ x: 'y'.repeat(2000) })]);
    expect(status).toBe(400);
    expect(body.errors).toMatchObject([{ code: 'maxBodySize' }]);
  });
});

describe('stored media', () => {
  const upload = (media: string) => ({
    taskType: 'mediaStorage',
    taskUUID: randomUUID(),
    operation: 'upload',
    media,
  });

  test.each(['data:audio/wav;base64,', ''])(
    'given as %s base64 can be downloaded',
    async (prefix) => {
      const { post } = await start();
      const { body } = await post([upload(`${prefix}${btoa('some sound')}`)]);
      const [{ mediaUUID, mediaURL }] = body.data;
      expect(mediaUUID).toBeTruthy();
      const response = await fetch(mediaURL);
      expect(await response.text()).toBe('some sound');
    },
  );

  test('can be deleted, once', async () => {
    const { post } = await start();
    const [{ mediaUUID, mediaURL }] = (await post([upload(btoa('x'))])).body.data;
    const deletion = { ...upload(mediaUUID), operation: 'delete' };
    expect((await post([deletion])).body.data).toMatchObject([{ operation: 'delete', mediaUUID }]);
    expect((await fetch(mediaURL)).status).toBe(404);
    expect(await post([deletion])).toMatchObject({
      status: 404,
      body: { errors: [{ code: 'mediaNotFound' }] },
    });
  });

  test('that is neither a URL nor base64 is refused', async () => {
    const { post } = await start();
    expect(await post([upload('not base64!')])).toMatchObject({ status: 400 });
  });

  test.each(['/files/../../etc/passwd', '/files/%2e%2e%2fetc%2fpasswd', '/files/', '/files/x.mp4'])(
    'does not give out %s',
    async (path) => {
      const { mock } = await start();
      const response = await fetch(mock.url.replace('/v1', path));
      expect(response.status).toBe(404);
    },
  );
});

test.each([
  'application/x-www-form-urlencoded',
  'multipart/form-data',
  'garbage',
  'text/plain',
  ';',
])('a body is checked although its type is said to be %s', async (type) => {
  const { mock, post } = await start();
  const { status, body } = await post([job({ bogus: 1 })], { 'content-type': type });
  expect(status).toBe(400);
  expect(body.errors).toMatchObject([{ code: 'unknownParameter', parameter: 'bogus' }]);
  expect((await post('[null]', { 'content-type': type })).status).toBe(400);
  expect(mock.stats).toMatchObject({ charged: 0, violations: 0 });
});

test('results that a fault has failed stay failed', async () => {
  const { mock, post } = await start();
  mock.faults.add({ on: 'submit', kind: 'failed-results' });
  const task = job();
  await post([task]);
  for (let poll = 0; poll < 3; poll++) {
    const { body } = await post([getResponse(task.taskUUID)]);
    expect(body.data).toMatchObject([{ status: 'error', error: { code: 'timeoutProvider' } }]);
  }
});

describe('odd input is answered in Runware’s shape, and breaks nothing of ours:', () => {
  const upload = (media: unknown) => ({
    taskType: 'mediaStorage',
    taskUUID: randomUUID(),
    operation: 'upload',
    media,
  });
  test.each<[string, unknown]>([
    [
      'a session that is no UUID',
      [{ taskType: 'authentication', apiKey: 'key', connectionSessionUUID: 'x' }],
    ],
    ['a key that is an object', [{ taskType: 'authentication', apiKey: { a: 1 } }]],
    ['a task type that is an object', [{ taskType: { toString: 1 } }]],
    ['a URL without a host', [upload('http://')]],
    ['a URL with a broken host', [upload('https://[')]],
    ['a URL with an impossible address', [upload('http://127.999.1.1')]],
    ['a data URI that is not base64', [upload('data:text/plain,hello')]],
    ['a property with a line break in its name', [job({ 'a\nb': 1 })]],
  ])('%s', async (_, tasks) => {
    const { mock, post } = await start();
    const { status, body } = await post(tasks);
    expect([400, 401]).toContain(status);
    expect(body.errors[0]).toMatchObject({ code: expect.any(String), message: expect.any(String) });
    expect(mock.stats.violations).toBe(0);
  });

  test('a number beyond all bounds', async () => {
    const { mock, post } = await start();
    const segments = [{ startTime: 0, endTime: 1, audio: 'https://example.com/a.wav' }];
    const task = job({ inputs: { video: 'https://example.com/v.mp4' }, settings: { segments } });
    const { status } = await post(
      JSON.stringify([task]).replace('"startTime":0', '"startTime":1e400'),
    );
    expect(status).toBe(400);
    expect(mock.stats.violations).toBe(0);
  });

  test('a refused task beside an accepted one', async () => {
    const { mock, post } = await start();
    const good = job();
    const { status, body } = await post([good, upload('http://')]);
    expect(status).toBe(200);
    expect(body.data).toMatchObject([{ taskUUID: good.taskUUID }]);
    expect(body.errors).toHaveLength(1);
    expect(mock.stats).toMatchObject({ charged: 1, violations: 0 });
  });

  test.each([
    'data:constructor;base64,AAAA',
    'data:a\nb;base64,AAAA',
    'DATA:video/mp4;base64,AAAA',
  ])('the type in %j is stored as a type or not at all', async (media) => {
    const { mock, post } = await start();
    const [{ mediaURL }] = (await post([upload(media)])).body.data;
    const response = await fetch(mediaURL);
    expect(response.status).toBe(200);
    expect((await response.arrayBuffer()).byteLength).toBe(3);
    expect(mock.stats.violations).toBe(0);
  });

  test('eight thousand tasks that are numbers', async () => {
    const { post } = await start();
    const { body } = await post(Array(8000).fill(1));
    expect(body.errors).toHaveLength(8000);
  });
});

test('an authorization that holds no key lets nobody in', async () => {
  const { post } = await start({ apiKeys: ['key'] });
  for (const authorization of ['Bearer ', 'Bearer', 'Basic key']) {
    expect((await post([getResponse(randomUUID())], { authorization })).status).toBe(401);
  }
});

test.each([
  ['durations the wrong way round', { jobDurationMs: [400, 200] }],
  ['a duration that is text', { jobDurationMs: '300' }],
  ['a negative duration', { jobDurationMs: -5 }],
  ['a port that does not exist', { port: 70_000 }],
])('%s: the server does not start', async (_, wrong) => {
  await expect(startMockServer(wrong as MockServerOptions)).rejects.toThrow();
});

test('close ends a download that hangs', async () => {
  const stalling = createServer((_, response) => {
    response.writeHead(200, { 'content-type': 'video/mp4' });
    response.write('x');
  }).listen(0, '127.0.0.1');
  await once(stalling, 'listening');
  onTestFinished(() => void stalling.close());
  const mock = await startMockServer({ apiKeys: ['key'] });
  const video = `http://127.0.0.1:${(stalling.address() as AddressInfo).port}/v.mp4`;
  const asked = once(stalling, 'request');
  await fetch(mock.url, {
    method: 'POST',
    headers: { authorization: 'Bearer key' },
    body: JSON.stringify([job({ inputs: { video, audio: video } })]),
  });
  const [request] = await asked;
  request.socket.on('error', () => {});
  const ended = new Promise((resolve) => request.socket.on('close', resolve));
  await mock.close();
  await ended;
});

test('another address is answered 404 and names the right one', async () => {
  const { mock } = await start();
  const response = await fetch(`${mock.url}/tasks`);
  expect(response.status).toBe(404);
  expect(await response.text()).toContain('POST /v1');
});

test('the server listens on the loopback interface only', async () => {
  const { mock } = await start();
  expect(new URL(mock.url).hostname).toBe('127.0.0.1');
});

test('a port in use is an error', async () => {
  const { mock } = await start();
  const port = Number(new URL(mock.url).port);
  await expect(startMockServer({ port })).rejects.toThrow(/EADDRINUSE/);
});

test('a finished job is a real video with the new voice', async () => {
  const { mock, post } = await start();
  const { readFile } = await import('node:fs/promises');
  const stored: string[] = [];
  for (const name of ['face.mp4', 'line-short.wav']) {
    const media = (await readFile(sample(name))).toString('base64');
    const task = { taskType: 'mediaStorage', taskUUID: randomUUID(), operation: 'upload', media };
    stored.push((await post([task])).body.data[0].mediaUUID);
  }
  const task = job({ inputs: { video: stored[0], audio: stored[1] }, includeCost: true });
  await post([task]);
  await expect
    .poll(async () => (await post([getResponse(task.taskUUID)])).body.data[0], { timeout: 20_000 })
    .toMatchObject({ status: 'success', cost: 0.6 });
  const { videoURL } = (await post([getResponse(task.taskUUID)])).body.data[0];
  const response = await fetch(videoURL);
  expect(response.headers.get('content-type')).toBe('video/mp4');
  expect((await response.bytes()).length).toBeGreaterThan(50_000);
  expect(mock.stats.violations).toBe(0);
});
