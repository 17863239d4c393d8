import { once } from 'node:events';
import { createServer } from 'node:http';
import { createServer as createTcpServer } from 'node:net';
import { Readable } from 'node:stream';
import { gzipSync } from 'node:zlib';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { type ClientOptions, Sync3 } from '../../src/index.js';
import { hurryRetries } from '../chaos/hurry-retries.js';
import { sampleJob } from '../sample-job.js';
import { acknowledgement, cooperative, sendJson, startScriptedServer } from './scripted-server.js';

hurryRetries();

const failureOf = (promise: Promise<unknown>) =>
  promise.then(
    () => expect.fail('It did not fail.'),
    (error) => error,
  );

/** A client whose `fetch` fails, with the requests that it made. */
function failingClient(thrown: unknown, options: ClientOptions = {}) {
  const fetch = vi.fn(() => Promise.reject(thrown));
  return { fetch, ...new Sync3({ apiKey: 'secret-key', fetch, maxRetries: 1, ...options }) };
}

describe.each([301, 302, 303, 307, 308])('a redirect with HTTP %i', (status) => {
  const location = 'https://api.example/v2/?session=1';

  test('of a submit says where it leads and what to set, and is not retried', async () => {
    const { url, requests } = await startScriptedServer((_, response) =>
      response.writeHead(status, { location }).end('<html>Moved</html>'),
    );
    const error = await failureOf(
      new Sync3({ apiKey: 'key', baseUrl: url }).lipsync.submit(sampleJob),
    );
    expect(error).toMatchObject({
      name: 'ConnectionError',
      code: 'redirected',
      retryable: false,
      mayBeAccepted: false,
      taskUUID: requests[0]?.tasks[0]?.taskUUID,
    });
    expect(error.message).toContain(location);
    expect(error.message).toMatch(/set baseUrl to that URL/);
    expect(requests).toHaveLength(1);
  });

  test('of an upload says the same, and the file is sent once', async () => {
    const { url, requests } = await startScriptedServer((_, response) =>
      response.writeHead(status, { location }).end(),
    );
    const upload = new Sync3({ apiKey: 'key', baseUrl: url }).media.upload(new Blob(['abc']));
    const error = await failureOf(upload);
    expect(error).toMatchObject({ code: 'redirected', retryable: false, mayBeAccepted: false });
    expect(error.message).toContain(location);
    // The stream does not show the Location; a second request without the file does.
    expect(requests.map(({ tasks }) => tasks[0]?.['media'])).toEqual([
      'data:application/octet-stream;base64,YWJj',
      '',
    ]);
  });
});

test('a redirect to a relative Location names the whole URL; the key is not in it', async () => {
  const { url } = await startScriptedServer((_, response) =>
    response.writeHead(308, { location: '/v3?key=secret%2Dkey&again=secret-key' }).end(),
  );
  const sync3 = new Sync3({ apiKey: 'secret-key', baseUrl: url });
  const { message } = await failureOf(sync3.lipsync.submit(sampleJob));
  expect(message).toContain(new URL('/v3', url).href);
  expect(message).not.toMatch(/secret/);
});

test('a redirect without a Location, as a browser shows it, is one too', async () => {
  const fetch = vi.fn(async () => ({
    status: 0,
    headers: new Headers(),
    body: null,
    text: async () => '',
  }));
  const sync3 = new Sync3({ apiKey: 'key', fetch: fetch as never });
  const error = await failureOf(sync3.lipsync.submit(sampleJob));
  expect(error).toMatchObject({ code: 'redirected', mayBeAccepted: false });
  expect(fetch).toHaveBeenCalledTimes(1);
});

describe('the key in clear', () => {
  test('is warned of once for a client, not for each request', async () => {
    const onWarning = vi.fn();
    const fetch = async () => Response.json({ data: [] });
    const baseUrl = 'http://app.lan/api/sync3';
    const sync3 = new Sync3({ apiKey: 'key', baseUrl, fetch, hooks: { onWarning } });
    for (let call = 0; call < 3; call++) await sync3.tasks.status(crypto.randomUUID());
    expect(onWarning.mock.calls).toEqual([[{ message: expect.stringMatching(/clear.*https/) }]]);
  });

  test.each([
    'https://app.lan/v1',
    'http://localhost:3000/v1',
    'http://sync3.localhost/v1',
    'HTTP://LOCALHOST/v1',
    'http://127.0.0.1:4010/v1',
    'http://127.1/v1',
    'http://[::1]:4010/v1',
  ])('is not warned of on this machine or with https: %s', (baseUrl) => {
    const onWarning = vi.fn();
    new Sync3({ apiKey: 'key', baseUrl, hooks: { onWarning } });
    expect(onWarning).not.toHaveBeenCalled();
  });

  test.each([
    'http://127.0.0.1.nip.example/v1',
    'http://localhost.example/v1',
    'http://10.0.0.1/v1',
  ])('is warned of when the host only looks like this machine: %s', (baseUrl) => {
    const onWarning = vi.fn();
    new Sync3({ apiKey: 'key', baseUrl, hooks: { onWarning } });
    expect(onWarning).toHaveBeenCalledTimes(1);
  });
});

const withCode = (code: string, fields: object = {}) =>
  Object.assign(new Error(`failed with ${code}`), { code, ...fields });
const fetchFailed = (cause: unknown) => new TypeError('fetch failed', { cause });

describe('a job was certainly not accepted', () => {
  test.each<[string, unknown]>([
    ['the connection is refused', fetchFailed(withCode('ECONNREFUSED'))],
    ['the host is unknown', fetchFailed(withCode('ENOTFOUND'))],
    ['names cannot be resolved', fetchFailed(withCode('EAI_AGAIN'))],
    ['connecting takes too long', fetchFailed(withCode('UND_ERR_CONNECT_TIMEOUT'))],
    ['connecting times out', fetchFailed(withCode('ETIMEDOUT', { syscall: 'connect' }))],
    ['there is no route', fetchFailed(withCode('ENETUNREACH', { syscall: 'connect' }))],
    ['the certificate is self-signed', fetchFailed(withCode('DEPTH_ZERO_SELF_SIGNED_CERT'))],
    ['the certificate is another host’s', fetchFailed(withCode('ERR_TLS_CERT_ALTNAME_INVALID'))],
    ['the issuer is unknown', fetchFailed(withCode('UNABLE_TO_VERIFY_LEAF_SIGNATURE'))],
    ['the URL is invalid', withCode('ERR_INVALID_URL')],
    ['Bun is refused', withCode('ConnectionRefused')],
    ['Bun opens no socket', withCode('FailedToOpenSocket')],
    [
      'every address is refused',
      fetchFailed(new AggregateError([withCode('ECONNREFUSED'), withCode('ECONNREFUSED')])),
    ],
  ])('when %s', async (_, thrown) => {
    const { lipsync, fetch } = failingClient(thrown);
    const error = await failureOf(lipsync.submit(sampleJob));
    expect(error).toMatchObject({
      name: 'ConnectionError',
      code: 'connectionFailed',
      mayBeAccepted: false,
      retryable: true,
      cause: { message: expect.any(String) },
    });
    expect(error.message).not.toMatch(/attach/);
    expect(fetch).toHaveBeenCalledTimes(2);
  });

  test('when nothing listens', async () => {
    const server = createTcpServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as { port: number };
    server.close();
    await once(server, 'close');
    const sync3 = new Sync3({
      apiKey: 'key',
      baseUrl: `http://127.0.0.1:${port}/v1`,
      maxRetries: 0,
    });
    const error = await failureOf(sync3.lipsync.submit(sampleJob));
    expect(error).toMatchObject({
      mayBeAccepted: false,
      cause: { cause: { code: 'ECONNREFUSED' } },
    });
    expect(error.message).toContain(`ECONNREFUSED 127.0.0.1:${port}`);
  });

  test('when there is no key', async () => {
    const { lipsync, fetch } = failingClient(undefined, { apiKey: () => '' });
    const error = await failureOf(lipsync.submit(sampleJob));
    expect(error).toMatchObject({ code: 'missingApiKey', mayBeAccepted: false });
    expect(fetch).not.toHaveBeenCalled();
  });

  test('when the function that gives the key fails', async () => {
    const apiKey = () => Promise.reject(new Error('the vault is sealed'));
    const { lipsync, fetch } = failingClient(undefined, { apiKey });
    const error = await failureOf(lipsync.submit(sampleJob));
    expect(error).toMatchObject({ mayBeAccepted: false });
    expect(error.message).toContain('the vault is sealed');
    expect(fetch).not.toHaveBeenCalled();
  });

  test('when an upload for it fails', async () => {
    const { lipsync } = failingClient(fetchFailed(withCode('ECONNRESET')));
    const inputs = { video: new Blob(['abc']), audio: 'https://example.com/a.wav' };
    expect(await failureOf(lipsync.submit({ inputs }))).toMatchObject({ mayBeAccepted: false });
  });
});

describe('a job may have been accepted', () => {
  test.each<[string, unknown]>([
    ['the connection is reset', fetchFailed(withCode('ECONNRESET'))],
    ['reading times out', fetchFailed(withCode('ETIMEDOUT', { syscall: 'read' }))],
    ['the other side closes', fetchFailed(withCode('UND_ERR_SOCKET'))],
    ['no runtime says why', new TypeError('Failed to fetch')],
    [
      'one address is refused and another is reset',
      fetchFailed(new AggregateError([withCode('ECONNREFUSED'), withCode('ECONNRESET')])),
    ],
    ['an aggregate of nothing', fetchFailed(new AggregateError([]))],
    ['something is thrown that is no error', null],
    ['an object without a prototype is thrown', Object.create(null)],
  ])('when %s', async (_, thrown) => {
    const { lipsync } = failingClient(thrown);
    const error = await failureOf(lipsync.submit(sampleJob));
    expect(error).toMatchObject({
      name: 'ConnectionError',
      code: 'connectionFailed',
      mayBeAccepted: true,
      cause: { message: expect.any(String) },
    });
    expect(error.message).toMatch(/attach/);
  });

  test.each(['UND_ERR_HEADERS_TIMEOUT', 'UND_ERR_BODY_TIMEOUT'])(
    'when undici ends the request by a limit of its own, which the error names: %s',
    async (code) => {
      const cause = Object.assign(new Error('Timeout Error'), { code });
      const { lipsync } = failingClient(fetchFailed(cause));
      const error = await failureOf(lipsync.submit(sampleJob));
      expect(error.mayBeAccepted).toBe(true);
      expect(error.message).toContain(code);
    },
  );
});

test('the error of jobs that share a request names each of them', async () => {
  const { lipsync } = failingClient(fetchFailed(withCode('ECONNREFUSED')), { maxRetries: 0 });
  const taskUUIDs = [crypto.randomUUID(), crypto.randomUUID()];
  const errors = await Promise.all(
    taskUUIDs.map((taskUUID) =>
      failureOf(lipsync.submit({ ...sampleJob, taskUUID }, { isNew: true })),
    ),
  );
  expect(errors.map(({ taskUUID }) => taskUUID)).toEqual(taskUUIDs);
  expect(errors).toMatchObject(Array(2).fill({ name: 'ConnectionError', mayBeAccepted: false }));
});

describe('the length of an answer', () => {
  /** JSON that is longer than its bound, of one letter that compresses well. */
  const long = (bytes: number) => JSON.stringify({ data: [], padding: 'a'.repeat(bytes) });

  test.each([
    ['as it is', false],
    ['compressed', true],
  ])(
    'is bounded at 10 MiB, %s: the rest is not read, and it is not asked for again',
    async (_, isCompressed) => {
      const body = Buffer.from(long(40 * 2 ** 20));
      const { url, requests } = await startScriptedServer((_, response) => {
        response.writeHead(200, isCompressed ? { 'content-encoding': 'gzip' } : {});
        response.end(isCompressed ? gzipSync(body) : body);
      });
      const sync3 = new Sync3({ apiKey: 'key', baseUrl: url });
      const error = await failureOf(sync3.tasks.status(crypto.randomUUID()));
      expect(error).toMatchObject({
        name: 'ConnectionError',
        code: 'answerTooLong',
        retryable: false,
      });
      expect(error.message).toMatch(/10485760 bytes.*maxResponseBytes/);
      expect(requests).toHaveLength(1);
    },
  );

  test('is bounded at maxResponseBytes, to the byte', async () => {
    const body = long(1_000);
    const { url } = await startScriptedServer((_, response) => response.end(body));
    const status = (maxResponseBytes: number) =>
      new Sync3({ apiKey: 'key', baseUrl: url, maxResponseBytes }).tasks.status(
        crypto.randomUUID(),
      );
    await expect(status(body.length)).resolves.toBeDefined();
    await expect(status(body.length - 1)).rejects.toMatchObject({ code: 'answerTooLong' });
  });

  test('is bounded where a fetch gives its body as a stream of Node’s', async () => {
    const { url } = await startScriptedServer((_, response) => response.end(long(1_000)));
    const fetch = async (...request: Parameters<typeof globalThis.fetch>) => {
      const { status, headers, body } = await globalThis.fetch(...request);
      return { status, headers, body: Readable.fromWeb(body as never) };
    };
    const status = (maxResponseBytes: number) =>
      new Sync3({
        apiKey: 'key',
        baseUrl: url,
        fetch: fetch as never,
        maxResponseBytes,
      }).tasks.status(crypto.randomUUID());
    await expect(status(10_000)).resolves.toBeDefined();
    await expect(status(999)).rejects.toMatchObject({ code: 'answerTooLong' });
  });

  test('an answer that is not UTF-8 is read all the same', async () => {
    const { url } = await startScriptedServer((_, response) =>
      response.writeHead(502).end(Buffer.from('<html>Passerelle défectueuse</html>', 'latin1')),
    );
    const sync3 = new Sync3({ apiKey: 'key', baseUrl: url, maxRetries: 0 });
    const error = await failureOf(sync3.tasks.status(crypto.randomUUID()));
    expect(error).toMatchObject({ name: 'ServerError', status: 502 });
  });
});

test('an answer without an end is cut at its bound, and its connection closed', async () => {
  const server = createServer((request, response) => {
    request.resume();
    const write = () => {
      while (response.write('x'.repeat(65_536)));
    };
    response.on('drain', write);
    write();
  });
  const closed = new Promise((resolve) =>
    server.once('connection', (socket) => socket.once('close', resolve)),
  );
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => void server.close());
  const { port } = server.address() as { port: number };
  const sync3 = new Sync3({ apiKey: 'key', baseUrl: `http://127.0.0.1:${port}/v1` });
  const error = await failureOf(sync3.tasks.status(crypto.randomUUID()));
  expect(error).toMatchObject({ code: 'answerTooLong' });
  await closed;
});

test('where there is no secure context, jobs run, and an idempotencyKey says why it cannot be used', async () => {
  const { url, requests } = await startScriptedServer((request, response) => {
    const [task] = request.tasks;
    if (task?.taskType !== 'mediaStorage') return cooperative(request, response);
    sendJson(response, 200, { data: [{ ...acknowledgement(task), mediaUUID: task.taskUUID }] });
  });
  const getRandomValues = crypto.getRandomValues.bind(crypto);
  vi.stubGlobal('crypto', { getRandomValues });
  onTestFinished(() => void vi.unstubAllGlobals());
  const { lipsync } = new Sync3({ apiKey: 'key', baseUrl: url });
  const job = { ...sampleJob, inputs: { ...sampleJob.inputs, audio: new Blob(['abc']) } };
  await lipsync.run(job as typeof sampleJob);
  await lipsync.estimate(sampleJob);
  expect(lipsync.validate(sampleJob)).toEqual([]);
  const uuids = requests.flatMap(({ tasks }) => tasks.map(({ taskUUID }) => taskUUID));
  for (const uuid of uuids) {
    expect(uuid).toMatch(/^[\da-f]{8}-[\da-f]{4}-4[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/);
  }
  const error = await failureOf(lipsync.submit(sampleJob, { idempotencyKey: 'order-1' }));
  expect(error).toMatchObject({
    name: 'Sync3Error',
    code: 'insecureContext',
    mayBeAccepted: false,
  });
  expect(error.message).toMatch(/https.*taskUUID/);
});

test('an answer whose media are no texts is no TypeError', async () => {
  const { url } = await startScriptedServer((_, response) =>
    sendJson(response, 200, { data: [{ mediaUUID: 'x', mediaURL: { toString: 1 } }] }),
  );
  const sync3 = new Sync3({ apiKey: 'key', baseUrl: url, maxRetries: 0 });
  const outcome = await sync3.media.upload('https://example.com/a.mp4').catch((error) => error);
  expect(outcome).not.toBeInstanceOf(TypeError);
});
