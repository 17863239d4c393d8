import { inspect } from 'node:util';
import { expect, test, vi } from 'vitest';
import * as sdk from '../../src/index.js';
import { sampleJob } from '../sample-job.js';

const { ApiError, AuthenticationError, RateLimitError, Sync3, Sync3Error } = sdk;

const options = { status: 429, errors: [{ code: 'rateLimitExceeded', message: 'Slow.' }], raw: '' };

test('the guard of a class takes its own errors and those that derive from it', () => {
  const error = new RateLimitError(options);
  expect(RateLimitError.is(error)).toBe(true);
  expect(ApiError.is(error)).toBe(true);
  expect(Sync3Error.is(error)).toBe(true);
  expect(AuthenticationError.is(error)).toBe(false);
  expect(RateLimitError.is(new ApiError(options))).toBe(false);
});

test.each([null, undefined, 'x', {}, new Error('x')])('the guard refuses %s', (value) => {
  expect(Sync3Error.is(value)).toBe(false);
});

test('the guard recognises an error of another copy of the package', async () => {
  vi.resetModules();
  const copy = await import('../../src/index.js');
  const error = new copy.RateLimitError(options);
  expect(error).not.toBeInstanceOf(RateLimitError);
  expect(RateLimitError.is(error)).toBe(true);
});

test('an error tells the name of its class', () => {
  expect(new RateLimitError(options).name).toBe('RateLimitError');
  expect(new ApiError(options).name).toBe('ApiError');
  expect(new Sync3Error('x').name).toBe('Sync3Error');
  expect(String(new RateLimitError(options))).toMatch(/^RateLimitError: /);
});

test('neither a client, nor a task, nor an error shows the API key', async () => {
  const apiKey = 'a-very-secret-key';
  const failing: unknown[] = [];
  const fetch = async () => {
    throw new TypeError(`fetch failed`);
  };
  const sync3 = new Sync3({
    apiKey,
    fetch,
    maxRetries: 0,
    hooks: { onRequest: (e) => failing.push(e) },
  });
  const error = await sync3.lipsync.submit(sampleJob).catch((caught) => caught);
  const task = sync3.tasks.attach(crypto.randomUUID());
  for (const value of [sync3, task, error, failing]) {
    const shown = [
      JSON.stringify(value),
      String(value),
      inspect(value, { depth: 20, showHidden: true }),
    ];
    expect(shown.join('\n')).not.toContain(apiKey);
  }
});

test.each([
  ['with a line break in it', 'secret\nkey'],
  ['with a blank in it', 'secret key'],
])('a key %s is refused without being shown', (_, apiKey) => {
  expect(() => new Sync3({ apiKey })).toThrow(/API key/);
  expect(() => new Sync3({ apiKey })).not.toThrow(/secret/);
});

test('a line break at the end of the key, as from a file, is taken off', async () => {
  const headers: unknown[] = [];
  const fetch: typeof globalThis.fetch = async (_, init) => {
    headers.push(new Headers(init?.headers).get('Authorization'));
    return Response.json({ errors: [{ code: 'x', message: 'The key is secret-key.' }] });
  };
  const sync3 = new Sync3({ apiKey: 'secret-key\n', fetch });
  const error = await sync3.lipsync.submit(sampleJob).catch((caught) => caught);
  expect(headers).toEqual(['Bearer secret-key']);
  expect(error.message).not.toContain('secret-key');
});

test('a fetch whose error quotes the key does not bring it out', async () => {
  const fetch = () => Promise.reject(new TypeError('bad header "Bearer secret-key"'));
  const sync3 = new Sync3({ apiKey: 'secret-key', fetch, maxRetries: 0 });
  const error = await sync3.lipsync.submit(sampleJob).catch((caught) => caught);
  expect(inspect(error, { depth: 9 })).not.toContain('secret-key');
});

test.each([
  ['timeoutMs', { timeoutMs: 0 }],
  ['maxRetries', { maxRetries: Number.NaN }],
  ['batchSize', { polling: { batchSize: 0 } }],
  ['minIntervalMs', { polling: { minIntervalMs: -1 } }],
])('an option %s without sense is refused by its name', (name, wrong) => {
  expect(() => new Sync3({ apiKey: 'key', ...wrong })).toThrow(name);
});

test('headers of the caller can be of any kind, and do not replace those of the API', async () => {
  const seen: Headers[] = [];
  const fetch: typeof globalThis.fetch = async (_, init) => {
    seen.push(new Headers(init?.headers));
    return Response.json({ data: [] });
  };
  const headers = new Headers({ authorization: 'Bearer other', 'x-trace': '7' });
  await new Sync3({ apiKey: 'key', fetch, headers }).tasks.status(crypto.randomUUID());
  expect(seen[0]?.get('Authorization')).toBe('Bearer key');
  expect(seen[0]?.get('X-Trace')).toBe('7');
});
