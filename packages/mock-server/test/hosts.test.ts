import { once } from 'node:events';
import { type IncomingMessage, request } from 'node:http';
import { json } from 'node:stream/consumers';
import { type MockServerOptions, startMockServer } from '@sync3/mock-server';
import { afterEach, describe, expect, onTestFinished, test, vi } from 'vitest';
import { getResponse, job, start, upload } from './api/start.js';

const warn = vi.spyOn(console, 'warn').mockImplementation(() => undefined);
afterEach(() => warn.mockClear());

/** Sends what `fetch` does not let a program send: any `Host`. */
async function send(url: string, headers: Record<string, string>, body?: unknown) {
  const method = body === undefined ? 'GET' : 'POST';
  const sent = request(url, {
    method,
    agent: false,
    headers: { authorization: 'Bearer key', ...headers },
  });
  sent.end(JSON.stringify(body));
  const [response] = (await once(sent, 'response')) as [IncomingMessage];
  const isJson = response.headers['content-type'] === 'application/json';
  if (!isJson) response.resume();
  // biome-ignore lint/suspicious/noExplicitAny: the tests look into it
  const answer = isJson ? ((await json(response)) as any) : undefined;
  return { status: response.statusCode, body: answer };
}

const strangers: [string, Record<string, string>][] = [
  ['a name that resolves to this machine', { host: 'mock.attacker.example:PORT' }],
  ['the address of another machine', { host: '192.168.0.1:PORT' }],
  ['a user and this machine', { host: 'attacker.example@localhost' }],
  ['a page of another site', { origin: 'https://attacker.example' }],
  ['a page of another local server', { origin: 'http://127.0.0.1:3000' }],
  ['a page that hides where it is from', { origin: 'null' }],
];

describe('every route refuses', () => {
  test.each(strangers)('%s', async (_, pattern) => {
    const { mock, post } = await start();
    const { port } = new URL(mock.url);
    const headers = JSON.parse(JSON.stringify(pattern).replaceAll('PORT', port));
    const { body } = await post([upload('AAAA')]);
    const { requests } = mock.stats;
    const submitted = await send(mock.url, headers, [job()]);
    const routes = [
      submitted,
      await send(mock.url, { 'content-type': 'text/plain', ...headers }, [job()]),
      await send(body.data[0].mediaURL, headers),
      await send(new URL('/__mock/state', mock.url).href, headers),
      await send(new URL('/elsewhere', mock.url).href, headers),
    ];
    expect(routes.map(({ status }) => status)).toEqual([403, 403, 403, 403, 403]);
    expect(submitted.body.errors).toMatchObject([{ code: 'forbidden' }]);
    expect(mock.tasks).toEqual([]);
    expect(mock.stats.requests).toBe(requests);
  });

  test('a large body of a stranger, which sees the refusal all the same', async () => {
    const { mock } = await start();
    const headers = { origin: 'https://attacker.example' };
    const { status } = await send(mock.url, headers, 'x'.repeat(20_000_000));
    expect(status).toBe(403);
  });
});

test.each(['127.0.0.1:PORT', 'localhost:PORT', 'LOCALHOST:PORT', '[::1]:PORT', 'localhost'])(
  'this machine is answered as %s, with and without its own page',
  async (pattern) => {
    const { mock } = await start();
    const host = pattern.replace('PORT', new URL(mock.url).port);
    for (const headers of [{ host }, { host, origin: `http://${host.toLowerCase()}` }]) {
      const { status } = await send(mock.url, headers, [getResponse(crypto.randomUUID())]);
      expect(status).toBe(200);
    }
  },
);

describe('a server that listens elsewhere', () => {
  const listen = async (options: MockServerOptions) => {
    const mock = await startMockServer({ apiKeys: ['key'], jobDurationMs: 0, ...options });
    onTestFinished(() => mock.close());
    return mock;
  };

  test('answers to the names that it is given, and to this machine; others are refused', async () => {
    const mock = await listen({ host: '0.0.0.0', allowedHosts: ['mock', 'mock.test', '10.0.0.7'] });
    const { port, hostname } = new URL(mock.url);
    expect(hostname).toBe('127.0.0.1');
    const poll = [getResponse(crypto.randomUUID())];
    const statusFor = async (host: string) => (await send(mock.url, { host }, poll)).status;
    for (const name of ['mock', 'MOCK', 'mock.test', '10.0.0.7', 'localhost', '127.0.0.1']) {
      expect([name, await statusFor(`${name}:${port}`)]).toEqual([name, 200]);
    }
    for (const name of ['mock.test.evil', 'evil.mock', '10.0.0.8', '0.0.0.0']) {
      expect([name, await statusFor(`${name}:${port}`)]).toEqual([name, 403]);
    }
  });

  test('names its files by the first of those names', async () => {
    const mock = await listen({ host: '0.0.0.0', allowedHosts: ['mock', 'other'] });
    const { port } = new URL(mock.url);
    const { body } = await send(mock.url, {}, [upload('AAAA')]);
    expect(new URL(body.data[0].mediaURL).host).toBe(`mock:${port}`);
    const local = body.data[0].mediaURL.replace('//mock:', '//127.0.0.1:');
    expect((await send(local, { host: `mock:${port}` })).status).toBe(200);
  });

  test('warns, and says to which names it answers', async () => {
    await listen({ host: '0.0.0.0', allowedHosts: ['mock'] });
    expect(warn.mock.calls).toEqual([[expect.stringMatching(/0\.0\.0\.0.*localhost.*mock/)]]);
  });

  test.each([{}, { host: '127.0.0.1' }, { host: 'localhost' }])(
    'on this machine does not warn: %j',
    async (options) => {
      await listen(options);
      expect(warn).not.toHaveBeenCalled();
    },
  );
});

test.each([
  { host: '' },
  { host: 'http://x' },
  { host: 'a b' },
  { allowedHosts: ['mock:4010'] },
  { allowedHosts: ['http://mock'] },
  { allowedHosts: [''] },
  { allowedHosts: ['*'] },
] as MockServerOptions[])('%j: the server does not start', async (options) => {
  await expect(startMockServer(options)).rejects.toThrow(/host must|allowedHosts takes/);
});
