import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { Sync3 } from '../../src/index.js';
import * as webhooks from '../../src/webhooks/index.js';
import { success } from '../http/scripted-server.js';
import { apiKey, post, startWebhook } from './start-webhook.js';

const endpoint = 'https://example.com/hooks/lipsync';
const [earlier, current, stranger] = [
  'the earlier secret',
  'the current secret',
  'of a stranger, 1',
];

const refusalOf = (secret: webhooks.WebhookSecret | undefined) =>
  webhooks.urlFor(endpoint, crypto.randomUUID(), { secret }).catch((error) => error);

afterEach(() => {
  vi.unstubAllEnvs();
});

describe('while one secret replaces another', () => {
  test('urlFor signs with the first', async () => {
    const taskUUID = crypto.randomUUID();
    const url = await webhooks.urlFor(endpoint, taskUUID, { secret: [current, earlier] });
    expect(url).toBe(await webhooks.urlFor(endpoint, taskUUID, { secret: current }));
  });

  test.each([
    ['the first', current, 200],
    ['the second', earlier, 200],
    ['none of them', stranger, 401],
  ])('the handler answers a URL that was made with %s: %s -> %i', async (_, secret, status) => {
    const { endpoint, taskUUID, truth, videos } = await startWebhook({
      secret: [current, earlier],
    });
    truth.data = [success(taskUUID)];
    const url = await webhooks.urlFor(endpoint, taskUUID, { secret });
    expect((await post(url, success(taskUUID))).status).toBe(status);
    expect(videos).toHaveLength(status === 200 ? 1 : 0);
  });

  test('every secret is compared, whichever is right: the time tells nothing', async () => {
    const { endpoint, taskUUID } = await startWebhook({ secret: [current, earlier] });
    const verify = vi.spyOn(crypto.subtle, 'verify');
    try {
      for (const secret of [current, earlier, stranger]) {
        verify.mockClear();
        await post(await webhooks.urlFor(endpoint, taskUUID, { secret }), success(taskUUID));
        expect(verify).toHaveBeenCalledTimes(2);
      }
    } finally {
      verify.mockRestore();
    }
  });

  test.each([
    ['line feeds', `${current}\n${earlier}\n`],
    ['line breaks of Windows', `${current}\r\n${earlier}\r\n`],
    ['empty lines', `\n${current}\n\n  ${earlier}`],
  ])('SYNC3_WEBHOOK_SECRET holds one on each line: %s', async (_, lines) => {
    vi.stubEnv('SYNC3_WEBHOOK_SECRET', lines);
    const { endpoint, taskUUID, truth } = await startWebhook({ secret: undefined });
    truth.data = [success(taskUUID)];
    const made = await webhooks.urlFor(endpoint, taskUUID);
    expect(made).toBe(await webhooks.urlFor(endpoint, taskUUID, { secret: current }));
    for (const secret of [current, earlier]) {
      const url = await webhooks.urlFor(endpoint, taskUUID, { secret });
      expect((await post(url, success(taskUUID))).status).toBe(200);
    }
  });

  test('a secret with commas and blanks in SYNC3_WEBHOOK_SECRET is one', async () => {
    const phrase = 'correct horse, battery staple';
    vi.stubEnv('SYNC3_WEBHOOK_SECRET', phrase);
    const taskUUID = crypto.randomUUID();
    const url = await webhooks.urlFor(endpoint, taskUUID);
    expect(url).toBe(await webhooks.urlFor(endpoint, taskUUID, { secret: phrase }));
  });
});

describe('a weak secret is refused without being repeated', () => {
  test.each([
    ['one character', 'z'.repeat(40)],
    ['two in turn', 'zq'.repeat(20)],
    ['four different ones', 'zqxjjxqzzzqqxxjjqzxj'],
    ['ascending letters', 'abcdefghijklmnopqrstuvwxyz'],
    ['descending letters', 'zyxwvutsrqponmlkjihgfedcba'],
    ['digits in their order', '01234567890123456789'],
    ['digits of hexadecimal numbers', '0123456789abcdef'],
    ['a word twice', 'passwordpassword'],
    ['a word and a half more', 'hunter2-hunter2-hunt'],
    ['too few characters', 'q8Zx1k0Vv3mPa7r'],
  ])('%s', async (_, weak) => {
    const construct = () =>
      webhooks.createWebhookHandler({ secret: weak, client: {} as never, onVideo: () => {} });
    expect(construct).toThrow(expect.objectContaining({ code: 'weakSecret' }));
    const error = await refusalOf(weak);
    expect(error).toMatchObject({ name: 'WebhookError', code: 'weakSecret', retryable: false });
    expect(error.message).toContain('SYNC3_WEBHOOK_SECRET');
    expect(error.message).not.toContain(weak.slice(0, 8));
  });

  test('as one of several: the error says which', async () => {
    const error = await refusalOf([current, 'zzzzzzzzzzzzzzzzzzzz']);
    expect(error).toMatchObject({ code: 'weakSecret' });
    expect(error.message).toContain('2 of 2');
    expect(await refusalOf([undefined as never, current])).toMatchObject({ code: 'weakSecret' });
  });

  test.each([undefined, '', ' \n', [], [''], [undefined as never]])(
    'none at all: %o',
    async (none) => {
      vi.stubEnv('SYNC3_WEBHOOK_SECRET', '');
      const error = await refusalOf(none);
      expect(error).toMatchObject({ code: 'missingSecret' });
      expect(error.message).toContain('SYNC3_WEBHOOK_SECRET');
    },
  );

  test('a random one never is, in whatever form', async () => {
    const bytes = fc.integer({ min: 16, max: 64 }).map((length) => randomBytes(length));
    const encoding = fc.constantFrom('hex', 'base64', 'base64url');
    const check = fc.asyncProperty(bytes, encoding, async (random, form) => {
      const secret = random.toString(form as BufferEncoding);
      expect(typeof (await refusalOf(secret))).toBe('string');
    });
    await fc.assert(check, { numRuns: 300 });
  });
});

test('a handler takes a client of which it sees only the tasks', async () => {
  const { tasks } = new Sync3({ apiKey });
  const make = () =>
    webhooks.createWebhookHandler({ secret: current, client: { tasks }, onVideo() {} });
  expect(make).not.toThrow();
});
