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

test('every error class has its own name', () => {
  const kinds = Object.values(sdk)
    .filter((value) => typeof value === 'function' && 'kind' in value)
    .map((value) => (value as unknown as { kind: string }).kind);
  expect(new Set(kinds).size).toBe(kinds.length);
  for (const kind of kinds) expect(sdk).toHaveProperty(kind);
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
