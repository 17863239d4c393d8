import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, test, vi } from 'vitest';
import type { Video } from '../../src/index.js';
import * as webhooks from '../../src/webhooks/index.js';
import { success } from '../http/scripted-server.js';
import { serveHandler } from './serve-handler.js';
import { failed, post, promised, secret, startWebhook, statuses } from './start-webhook.js';

/** What Redis holds: a key is claimed by an owner until some time, or handled. */
class Database {
  readonly entries = new Map<string, { owner: string; until: number } | 'handled'>();
  now = 0;

  /** As a process sees it. */
  connect(owner: string): Required<webhooks.Handled> {
    const { entries } = this;
    const read = (id: string) => {
      const entry = entries.get(id);
      return typeof entry === 'object' && entry.until <= this.now ? undefined : entry;
    };
    return {
      has: async (id) => read(id) === 'handled',
      add: async (id) => entries.set(id, 'handled'),
      claim: async (id) => {
        if (read(id)) return false;
        entries.set(id, { owner, until: this.now + 30_000 });
        return true;
      },
      release: async (id) => {
        const entry = read(id);
        if (typeof entry === 'object' && entry.owner === owner) entries.delete(id);
      },
    };
  }
}

/** Two processes behind one endpoint's secret, with one store. */
async function startTwo(
  onVideo: (video: Video) => unknown = () => {},
  changes: Partial<webhooks.Handled> = {},
) {
  const database = new Database();
  const calls: string[] = [];
  const errors: webhooks.WebhookError[] = [];
  const options = (owner: string) => ({
    handled: { ...database.connect(owner), ...changes },
    onVideo: (video: Video) => {
      calls.push(owner);
      return onVideo(video);
    },
    onFailure: () => calls.push(owner),
    onError: (error: webhooks.WebhookError) => errors.push(error),
  });
  const first = await startWebhook(options('first'));
  const { client, taskUUID, truth, url } = first;
  const handler = webhooks.createWebhookHandler({ client, secret, ...options('second') });
  const other = await webhooks.urlFor(await serveHandler(handler), taskUUID, { secret });
  return { database, calls, errors, taskUUID, truth, urls: [url, other] as const };
}

describe('two processes that receive the same delivery at once', () => {
  test('call onVideo once: the other answers 503 until it is done, then 200', async () => {
    const { promise: isStored, resolve: store } = promised();
    const { promise: isCalled, resolve: call } = promised();
    const { urls, taskUUID, truth, calls, errors } = await startTwo(() => {
      call();
      return isStored;
    });
    truth.data = [success(taskUUID)];
    const first = post(urls[0], success(taskUUID));
    await isCalled;
    const second = await post(urls[1], success(taskUUID));
    expect(second.status).toBe(503);
    expect(second.headers.get('Retry-After')).toBe('1');
    expect(errors).toMatchObject([{ code: 'handledElsewhere', status: 503, taskUUID }]);
    store();
    expect((await first).status).toBe(200);
    expect((await post(urls[1], success(taskUUID))).status).toBe(200);
    expect(calls).toEqual(['first']);
  });

  test('call it once in every one of many races', async () => {
    // Long enough for the other process to get as far.
    const onVideo = () => sleep(20);
    const { urls, taskUUID, truth, calls } = await startTwo(onVideo);
    for (let race = 0; race < 25; race += 1) {
      calls.length = 0;
      truth.data = [success(taskUUID, crypto.randomUUID())];
      const answers = await Promise.all(urls.map((url) => post(url, truth.data[0])));
      expect(statuses(answers)).toContain(200);
      for (const status of statuses(answers)) expect([200, 503]).toContain(status);
      expect(calls).toHaveLength(1);
    }
  });

  test('call onFailure once', async () => {
    const { urls, taskUUID, truth, calls } = await startTwo();
    truth.data = [failed(taskUUID), failed(taskUUID)];
    await Promise.all(urls.map((url) => post(url, failed(taskUUID))));
    const again = await Promise.all(urls.map((url) => post(url, failed(taskUUID))));
    expect(statuses(again)).toEqual([200, 200]);
    expect(calls).toHaveLength(2);
  });
});

describe('a claim', () => {
  test('of a process that died is taken over when it has run out: no result is lost', async () => {
    const { database, urls, taskUUID, truth, calls } = await startTwo();
    truth.data = [success(taskUUID)];
    const { videoUUID } = success(taskUUID);
    await database.connect('dead').claim(`${taskUUID}/${videoUUID}`);
    expect((await post(urls[0], success(taskUUID))).status).toBe(503);
    expect(calls).toEqual([]);
    database.now += 30_000;
    expect((await post(urls[1], success(taskUUID))).status).toBe(200);
    expect(calls).toEqual(['second']);
  });

  test('is released when the callback fails: the next delivery is handled at once', async () => {
    const onVideo = vi.fn<() => unknown>().mockRejectedValueOnce(new Error('disk full'));
    const { urls, taskUUID, truth, calls, errors } = await startTwo(onVideo);
    truth.data = [success(taskUUID)];
    expect((await post(urls[0], success(taskUUID))).status).toBe(500);
    expect((await post(urls[1], success(taskUUID))).status).toBe(200);
    expect(calls).toEqual(['first', 'second']);
    expect(errors).toMatchObject([{ code: 'callbackFailed', cause: { message: 'disk full' } }]);
  });

  test('is released when the result cannot be added', async () => {
    const add = vi.fn<() => unknown>().mockRejectedValueOnce(new Error('no database'));
    const { urls, taskUUID, truth, calls, errors } = await startTwo(undefined, { add });
    truth.data = [success(taskUUID)];
    expect((await post(urls[0], success(taskUUID))).status).toBe(500);
    expect((await post(urls[1], success(taskUUID))).status).toBe(200);
    expect(calls).toEqual(['first', 'second']);
    expect(errors).toMatchObject([{ code: 'storeFailed', message: /handled\.add/ }]);
  });

  test('that cannot be released leaves the failure of the callback as it is', async () => {
    const release = () => Promise.reject(new Error('no database'));
    const { urls, taskUUID, truth, errors } = await startTwo(
      () => Promise.reject(new Error('disk full')),
      { release },
    );
    truth.data = [success(taskUUID)];
    expect((await post(urls[0], success(taskUUID))).status).toBe(500);
    expect(errors).toMatchObject([{ code: 'callbackFailed', cause: { message: 'disk full' } }]);
  });

  test.each([
    ['has', 0],
    ['claim', 0],
  ])('500, and onVideo is not called, when handled.%s fails', async (method, count) => {
    const broken = { [method]: () => Promise.reject(new Error('no database')) };
    const { urls, taskUUID, truth, calls, errors } = await startTwo(undefined, broken);
    truth.data = [success(taskUUID)];
    expect((await post(urls[0], success(taskUUID))).status).toBe(500);
    expect(calls).toHaveLength(count);
    expect(errors).toMatchObject([{ code: 'storeFailed', cause: { message: 'no database' } }]);
    expect(errors[0]?.message).toContain(`handled.${method}`);
  });

  test('may be kept apart from what is handled: it is given back for a result that is done', async () => {
    const claims = new Set<string>();
    const claim = (id: string) => !claims.has(id) && Boolean(claims.add(id));
    const release = (id: string) => claims.delete(id);
    const { urls, taskUUID, truth, calls } = await startTwo(undefined, { claim, release });
    truth.data = [success(taskUUID)];
    await post(urls[0], success(taskUUID));
    claims.clear();
    expect((await post(urls[1], success(taskUUID))).status).toBe(200);
    expect(calls).toEqual(['first']);
    expect([...claims]).toEqual([]);
  });
});
