import { randomUUID } from 'node:crypto';
import { InsufficientCreditsError, Sync3 } from '@sync3/sdk';
import { describe, expect, test } from 'vitest';
import { createClock, getResponse, job, settled, start, storeSample } from './start.js';

describe('the balance', () => {
  test('pays for what succeeds; a submit that would exceed it is refused with 402', async () => {
    const { mock, post } = await start({ balance: 1 });
    const inputs = await storeSample(post);
    const [first, second] = [job({ inputs }), job({ inputs })];
    await post([first]);
    await settled(post, first.taskUUID);
    expect(mock.balance).toBe(0.4);
    const { status, body } = await post([second]);
    expect(status).toBe(402);
    const { taskUUID } = second;
    expect(body.errors).toMatchObject([
      { code: 'insufficientCredits', taskUUID, message: expect.stringContaining('0.4 USD') },
    ]);
    expect(mock.balance).toBe(0.4);
    expect(mock.tasks).toHaveLength(1);
    expect(mock.stats).toMatchObject({ submits: 2, charged: 1, conflicts: 0, violations: 0 });
  });

  test('holds what jobs under way may cost', async () => {
    const { mock, post } = await start({ balance: 1, jobDurationMs: 60_000 });
    const inputs = await storeSample(post);
    expect((await post([job({ inputs })])).status).toBe(200);
    expect(mock.balance).toBe(0.4);
    expect((await post([job({ inputs })])).status).toBe(402);
  });

  test('is given back for results that fail', async () => {
    const { mock, post } = await start({ balance: 2 });
    mock.faults.add({ on: 'submit', kind: 'failed-results', results: 2 });
    const task = job({ inputs: await storeSample(post), numberResults: 3 });
    await post([task]);
    await settled(post, task.taskUUID);
    expect(mock.balance).toBe(1.4);
  });

  test('pays once for a UUID that is submitted twice at the same time', async () => {
    const { mock, post } = await start({ balance: 10, jobDurationMs: 60_000 });
    const task = job({ inputs: await storeSample(post) });
    const answers = await Promise.all(Array.from({ length: 8 }, () => post([task])));
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
    expect(mock.balance).toBe(9.4);
    expect(mock.stats).toMatchObject({ submits: 8, charged: 1, conflicts: 7 });
  });

  test('that is too low leaves the UUID free', async () => {
    const { post } = await start({ balance: 0.5 });
    const task = job({ inputs: await storeSample(post) });
    for (let attempt = 0; attempt < 2; attempt++) {
      expect((await post([task])).body.errors).toMatchObject([{ code: 'insufficientCredits' }]);
    }
  });

  test('that is too low is an InsufficientCreditsError of the SDK', async () => {
    const { mock, post } = await start({ balance: 0.5 });
    const inputs = await storeSample(post);
    const sync3 = new Sync3({ baseUrl: mock.url, apiKey: 'key' });
    await expect(sync3.lipsync.submit({ inputs })).rejects.toThrow(InsufficientCreditsError);
  });

  test('has no limit unless one is set', async () => {
    const { mock } = await start();
    expect(mock.balance).toBeUndefined();
  });
});

describe('the rate limit', () => {
  const poll = () => [getResponse(randomUUID())];

  test('refuses what is more, until the time is over', async () => {
    const clock = createClock();
    const rateLimit = { requests: 2, perMs: 10_000 };
    const { mock, post } = await start({ now: clock.now, rateLimit });
    expect((await post(poll())).status).toBe(200);
    clock.advance(4_000);
    expect((await post(poll())).status).toBe(200);
    const { status, headers, body } = await post([job()]);
    expect(status).toBe(429);
    expect(headers.get('retry-after')).toBe('6');
    expect(body.errors).toMatchObject([{ code: 'rateLimitExceeded' }]);
    expect(mock.stats).toMatchObject({ charged: 0, violations: 0 });
    clock.advance(5_999);
    expect((await post(poll())).status).toBe(429);
    clock.advance(1);
    expect((await post(poll())).status).toBe(200);
    expect((await post(poll())).status).toBe(429);
  });

  test('of no requests lets none in, however long one waits', async () => {
    const clock = createClock();
    const { post } = await start({ now: clock.now, rateLimit: { requests: 0, perMs: 2_000 } });
    for (let attempt = 0; attempt < 3; attempt++) {
      const { status, headers } = await post(poll());
      expect([status, headers.get('retry-after')]).toEqual([429, '2']);
      clock.advance(2_000);
    }
  });

  test('counts each key for itself', async () => {
    const rateLimit = { requests: 1, perMs: 60_000 };
    const { post } = await start({ apiKeys: ['key', 'other'], rateLimit });
    expect((await post(poll())).status).toBe(200);
    expect((await post(poll())).status).toBe(429);
    expect((await post(poll(), { authorization: 'Bearer other' })).status).toBe(200);
  });
});

test.each([
  ['a negative balance', { balance: -1 }],
  ['a balance that is no number', { balance: Number.NaN }],
  ['a rate limit without a time', { rateLimit: { requests: 1 } }],
  ['a negative retention', { retentionMs: -1 }],
])('%s: the server does not start', async (_, wrong) => {
  await expect(start(wrong as object)).rejects.toThrow();
});
