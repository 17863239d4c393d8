import { createHmac } from 'node:crypto';
import fc from 'fast-check';
import { afterEach, describe, expect, test, vi } from 'vitest';
import * as webhooks from '../../src/webhooks/index.js';
import { secret } from './start-webhook.js';

const taskUUID = '6F1C3C5E-6a3b-4c0e-9d0a-0d6c5c1b7a11';
const endpoint = 'https://example.com/hooks/lipsync';

const tokenOf = (key: string, uuid: string) =>
  createHmac('sha256', key).update(uuid.toLowerCase()).digest('base64url');

afterEach(() => {
  vi.unstubAllEnvs();
});

test('the URL names the task and carries the HMAC-SHA256 of its lower-cased UUID', async () => {
  const url = new URL(await webhooks.urlFor(endpoint, taskUUID, { secret }));
  expect(`${url.origin}${url.pathname}`).toBe(endpoint);
  expect([...url.searchParams]).toEqual([
    ['sync3_task', taskUUID],
    ['sync3_token', tokenOf(secret, taskUUID)],
  ]);
});

test('every token is what another implementation makes, and the own query stays as it was', async () => {
  const ownQuery = fc.webQueryParameters().map((query) => new URL(`${endpoint}?${query}`).search);
  const keys = fc.string({ minLength: 16, unit: 'binary' }).filter((key) => key.trim() === key);
  const check = fc.asyncProperty(ownQuery, fc.uuid(), keys, async (query, uuid, key) => {
    const url = await webhooks.urlFor(`${endpoint}${query}#part`, uuid, { secret: key });
    const own = query ? `${query}&` : '?';
    const expected = `${endpoint}${own}sync3_task=${uuid}&sync3_token=${tokenOf(key, uuid)}`;
    expect(url).toBe(expected);
  });
  await fc.assert(check, { numRuns: 200 });
});

test('a URL that was made for another task is made for this one', async () => {
  const other = await webhooks.urlFor(`${endpoint}?a=%20`, crypto.randomUUID(), { secret });
  const url = new URL(await webhooks.urlFor(new URL(other), taskUUID, { secret }));
  expect(url.searchParams.getAll('sync3_task')).toEqual([taskUUID]);
  expect(url.searchParams.getAll('sync3_token')).toEqual([tokenOf(secret, taskUUID)]);
  expect(url.searchParams.get('a')).toBe(' ');
});

test('the secret comes from SYNC3_WEBHOOK_SECRET, without the line break of a file', async () => {
  vi.stubEnv('SYNC3_WEBHOOK_SECRET', `${secret}\n`);
  const url = await webhooks.urlFor(endpoint, taskUUID);
  expect(url).toBe(await webhooks.urlFor(endpoint, taskUUID, { secret }));
});

describe('a WebhookError', () => {
  test.each([
    ['no secret', undefined],
    ['an empty secret', ''],
    ['a secret of 15 characters', 'secret-of-fifte'],
    ['a secret of blanks', ' '.repeat(40)],
  ])('that names the variable and hides the value: %s', async (_, short) => {
    vi.stubEnv('SYNC3_WEBHOOK_SECRET', '');
    const error = await webhooks
      .urlFor(endpoint, taskUUID, { secret: short })
      .catch((caught) => caught);
    expect(webhooks.WebhookError.is(error)).toBe(true);
    expect(error).toMatchObject({ name: 'WebhookError', retryable: false });
    expect(error.message).toContain('SYNC3_WEBHOOK_SECRET');
    expect(error.message).not.toContain('fifte');
    expect(error).not.toHaveProperty('status');
    const construct = () =>
      webhooks.createWebhookHandler({
        secret: short,
        client: {} as never,
        onVideo: () => {},
      });
    expect(construct).toThrow(/SYNC3_WEBHOOK_SECRET/);
  });

  test.each([
    ['a password', 'https://user:hunter2@example.com/'],
    ['a user', 'https://hunter2@example.com/'],
    ['another protocol', 'ftp://example.com/hunter2'],
    ['script', 'javascript:hunter2'],
    ['a path', '/hunter2'],
    ['nothing', ''],
  ])('that does not repeat it: an endpoint that is or has %s', async (_, wrong) => {
    const error = await webhooks.urlFor(wrong, taskUUID, { secret }).catch((caught) => caught);
    expect(error).toBeInstanceOf(webhooks.WebhookError);
    expect(error.message).toContain('endpoint');
    expect(error.message).not.toContain('hunter2');
  });

  test.each(['', 'x', `${taskUUID}0`, `${taskUUID}&a=b`])('a taskUUID "%s"', async (wrong) => {
    const call = webhooks.urlFor(endpoint, wrong, { secret });
    await expect(call).rejects.toThrow(/taskUUID is not a UUID/);
  });
});

test.each([0, -1, Number.NaN])('a timeoutMs of %f is refused by its name', (timeoutMs) => {
  const construct = () =>
    webhooks.createWebhookHandler({ secret, client: {} as never, onVideo: () => {}, timeoutMs });
  expect(construct).toThrow(/timeoutMs/);
});
