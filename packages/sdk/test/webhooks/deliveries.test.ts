import { describe, expect, test, vi } from 'vitest';
import { processing, success } from '../http/scripted-server.js';
import { failed, post, promised, startWebhook, statuses } from './start-webhook.js';

const [a, b, c] = [crypto.randomUUID(), crypto.randomUUID(), crypto.randomUUID()] as const;
const uuids = (videos: { videoUUID: string }[]) => videos.map(({ videoUUID }) => videoUUID);

describe('each video is handed on once', () => {
  test('when its delivery is repeated', async () => {
    const { url, truth, taskUUID, videos, errors } = await startWebhook();
    truth.data = [success(taskUUID, a)];
    const answers = [1, 2, 3].map(() => post(url, success(taskUUID, a)));
    expect(statuses(await Promise.all(answers))).toEqual([200, 200, 200]);
    expect((await post(url, success(taskUUID, a))).status).toBe(200);
    expect(uuids(videos)).toEqual([a]);
    expect(errors).toEqual([]);
  });

  test('when its delivery is repeated although the API has forgotten it', async () => {
    const { url, truth, taskUUID, videos } = await startWebhook();
    truth.data = [success(taskUUID, a)];
    await post(url, success(taskUUID, a));
    truth.data = [];
    expect((await post(url, success(taskUUID, a.toUpperCase()))).status).toBe(200);
    expect((await post(url, success(taskUUID, b))).status).toBe(503);
    expect(uuids(videos)).toEqual([a]);
  });

  test('when several of one task are delivered in another order', async () => {
    const { url, truth, taskUUID, videos } = await startWebhook();
    truth.data = [success(taskUUID, a), processing(taskUUID), processing(taskUUID)];
    expect((await post(url, success(taskUUID, b))).status).toBe(503);
    expect(uuids(videos)).toEqual([a]);
    truth.data = [success(taskUUID, a), success(taskUUID, b), success(taskUUID, c)];
    const answers = [c, a, b].map((videoUUID) => post(url, success(taskUUID, videoUUID)));
    expect(statuses(await Promise.all(answers))).toEqual([200, 200, 200]);
    expect(uuids(videos)).toEqual([a, b, c]);
  });

  test('when the delivery of another video was the first to come, or the only one', async () => {
    const { url, truth, taskUUID, videos } = await startWebhook();
    truth.data = [success(taskUUID, a), success(taskUUID, b)];
    await post(url, success(taskUUID, b));
    expect(uuids(videos)).toEqual([a, b]);
  });

  test('when it is delivered again while it is being handled: the second waits', async () => {
    const { promise: isStored, resolve: store } = promised();
    const { promise: isCalled, resolve: call } = promised();
    const onVideo = vi.fn(() => {
      call();
      return isStored;
    });
    const { url, truth, taskUUID, hasHeard } = await startWebhook({ onVideo });
    truth.data = [success(taskUUID, a)];
    let answered = 0;
    const send = async () => {
      const { status } = await post(url, success(taskUUID, a));
      answered += 1;
      return status;
    };
    const first = send();
    await isCalled;
    const second = send();
    await hasHeard(2);
    expect(answered).toBe(0);
    store();
    expect(await Promise.all([first, second])).toEqual([200, 200]);
    expect(onVideo).toHaveBeenCalledTimes(1);
  });
});

test('two tasks may have videos of the same UUID', async () => {
  const first = await startWebhook();
  const handled = new Set<string>();
  const one = await startWebhook({ handled });
  const two = await startWebhook({ handled });
  for (const { truth, taskUUID, url, videos } of [first, one, two]) {
    truth.data = [success(taskUUID, a)];
    await post(url, success(taskUUID, a));
    expect(uuids(videos)).toEqual([a]);
  }
  expect([...handled]).toEqual([`${one.taskUUID}/${a}`, `${two.taskUUID}/${a}`]);
});

describe('each failure is handed on once', () => {
  test('also when an earlier result fails later', async () => {
    const { url, truth, taskUUID, failures } = await startWebhook();
    truth.data = [processing(taskUUID), failed(taskUUID, 'second')];
    await post(url, failed(taskUUID));
    truth.data = [failed(taskUUID, 'first'), failed(taskUUID, 'second')];
    await post(url, failed(taskUUID));
    await post(url, failed(taskUUID));
    expect(failures).toMatchObject([{ code: 'second' }, { code: 'first' }]);
  });

  test('also when several say the same', async () => {
    const { url, truth, taskUUID, failures } = await startWebhook();
    truth.data = [failed(taskUUID, 'x'), processing(taskUUID)];
    await post(url, failed(taskUUID));
    truth.data = [failed(taskUUID, 'x'), failed(taskUUID, 'x')];
    await post(url, failed(taskUUID));
    await post(url, failed(taskUUID));
    expect(failures).toHaveLength(2);
  });

  test('also when the delivery is repeated after the API has forgotten it', async () => {
    const { url, truth, taskUUID, failures, errors } = await startWebhook();
    truth.data = [failed(taskUUID)];
    expect((await post(url, failed(taskUUID))).status).toBe(200);
    truth.data = [];
    expect((await post(url, failed(taskUUID))).status).toBe(200);
    expect(failures).toHaveLength(1);
    expect(errors).toEqual([]);
  });

  test('not at all when the API never shows it: 503, and onError is told each time', async () => {
    const { url, taskUUID, failures, errors } = await startWebhook();
    const responses = [await post(url, failed(taskUUID)), await post(url, { error: 'x' })];
    expect(statuses(responses)).toEqual([503, 503]);
    expect(responses[0]?.headers.get('Retry-After')).toBe('1');
    expect(failures).toEqual([]);
    expect(errors).toMatchObject([
      { status: 503, taskUUID, retryable: true, message: expect.stringContaining('failure') },
      { status: 503, taskUUID },
    ]);
  });

  test('not on the word of a delivery: 503 while the API shows videos only', async () => {
    const { url, truth, taskUUID, failures, videos } = await startWebhook();
    truth.data = [success(taskUUID, a), processing(taskUUID)];
    expect((await post(url, failed(taskUUID))).status).toBe(503);
    expect(uuids(videos)).toEqual([a]);
    expect(failures).toEqual([]);
    truth.data = [success(taskUUID, a), failed(taskUUID)];
    expect((await post(url, failed(taskUUID))).status).toBe(200);
    expect(failures).toHaveLength(1);
  });
});

describe('a video that the API does not show is not handed on', () => {
  test.each([
    ['knows nothing', () => []],
    ['is processing', (taskUUID: string) => [processing(taskUUID)]],
    ['shows a failure', (taskUUID: string) => [failed(taskUUID)]],
    ['shows another task', () => [success(crypto.randomUUID(), a)]],
  ])('503 with Retry-After while the API %s', async (_, rows) => {
    const { url, truth, taskUUID, videos, errors } = await startWebhook();
    truth.data = rows(taskUUID);
    const response = await post(url, success(taskUUID, a));
    expect(response.status).toBe(503);
    expect(response.headers.get('Retry-After')).toBe('1');
    expect(videos).toEqual([]);
    expect(errors).toMatchObject([
      { status: 503, taskUUID, retryable: true, message: expect.stringContaining('video') },
    ]);
  });
});

describe('a callback that fails', () => {
  test.each([
    [
      'throws',
      () => {
        throw new Error('disk full');
      },
    ],
    ['rejects', () => Promise.reject(new Error('disk full'))],
  ])('because it %s: 500, onError is told, and the next delivery tries again', async (_, fail) => {
    const onVideo = vi.fn<(video: unknown) => unknown>(() => {}).mockImplementationOnce(fail);
    const { url, truth, taskUUID, errors } = await startWebhook({ onVideo });
    truth.data = [success(taskUUID, a)];
    const deliver = () => post(url, success(taskUUID, a));
    expect(statuses([await deliver(), await deliver(), await deliver()])).toEqual([500, 200, 200]);
    expect(onVideo).toHaveBeenCalledTimes(2);
    expect(errors).toMatchObject([
      { status: 500, taskUUID, retryable: true, cause: { message: 'disk full' } },
    ]);
    expect(errors[0]?.message).toContain(a);
  });

  test('keeps no other result of the task from being handed on', async () => {
    const seen: string[] = [];
    const { url, truth, taskUUID, failures, errors } = await startWebhook({
      onVideo: ({ videoUUID }) => {
        if (videoUUID !== b) return seen.push(videoUUID);
        throw new Error('disk full');
      },
    });
    truth.data = [b, a, c].map((uuid) => success(taskUUID, uuid));
    truth.data.push(failed(taskUUID));
    expect((await post(url, success(taskUUID, a))).status).toBe(500);
    expect(seen).toEqual([a, c]);
    expect(failures).toHaveLength(1);
    expect(errors).toHaveLength(1);
    await post(url, success(taskUUID, a));
    expect(seen).toEqual([a, c]);
  });

  test('with a failed result is tried again too', async () => {
    const onFailure = vi
      .fn(() => {})
      .mockImplementationOnce(() => {
        throw new Error('disk full');
      });
    const { url, truth, taskUUID } = await startWebhook({ onFailure });
    truth.data = [failed(taskUUID)];
    const deliver = () => post(url, failed(taskUUID));
    expect(statuses([await deliver(), await deliver(), await deliver()])).toEqual([500, 200, 200]);
    expect(onFailure).toHaveBeenCalledTimes(2);
  });

  test('shares its failure with the delivery that waits for it', async () => {
    const { promise: isStored, reject: fail } = promised();
    const onVideo = vi.fn(() => isStored);
    const { url, truth, taskUUID, hasHeard, errors } = await startWebhook({ onVideo });
    truth.data = [success(taskUUID, a)];
    const answers = [post(url, success(taskUUID, a)), post(url, success(taskUUID, a))];
    await hasHeard(2);
    fail(new Error('disk full'));
    expect(statuses(await Promise.all(answers))).toEqual([500, 500]);
    expect(onVideo).toHaveBeenCalledTimes(1);
    expect(errors).toHaveLength(2);
  });

  test('with undefined fails as well', async () => {
    const { url, truth, taskUUID } = await startWebhook({ onVideo: () => Promise.reject() });
    truth.data = [success(taskUUID, a)];
    expect((await post(url, success(taskUUID, a))).status).toBe(500);
  });
});

describe('what has been handled', () => {
  test('is kept by the object of the caller, which may be asynchronous', async () => {
    const stored = new Set<string>();
    const handled = {
      has: async (id: string) => stored.has(id),
      add: async (id: string) => stored.add(id),
    };
    const { url, truth, taskUUID, videos, failures } = await startWebhook({ handled });
    truth.data = [success(taskUUID, a), failed(taskUUID)];
    await post(url, success(taskUUID, a));
    await post(url, success(taskUUID, a));
    expect([...stored]).toEqual([
      `${taskUUID}/${a}`,
      `${taskUUID}/failure/0/timeoutprovider/timeoutprovider`,
      `${taskUUID}/failure`,
    ]);
    expect([videos.length, failures.length]).toEqual([1, 1]);
  });

  test('is marked after the callback has succeeded, and not before', async () => {
    const events: string[] = [];
    const { url, truth, taskUUID } = await startWebhook({
      onVideo: async () => {
        events.push('begin');
        await Promise.resolve();
        events.push('end');
      },
      handled: {
        has: () => events.push('has') > 99,
        add: async () => {
          await Promise.resolve();
          events.push('add');
        },
      },
      onError: () => events.push('error'),
    });
    truth.data = [success(taskUUID, a)];
    expect((await post(url, success(taskUUID, a))).status).toBe(200);
    expect(events).toEqual(['has', 'begin', 'end', 'add']);
  });

  test.each([
    [
      'has throws',
      {
        has: () => {
          throw new Error('no database');
        },
        add: () => {},
      },
      0,
    ],
    ['has rejects', { has: () => Promise.reject(new Error('no database')), add: () => {} }, 0],
    [
      'add throws',
      {
        has: () => false,
        add: () => {
          throw new Error('no database');
        },
      },
      2,
    ],
    ['add rejects', { has: () => false, add: () => Promise.reject(new Error('no database')) }, 2],
  ])('when %s: 500, and it is tried again', async (_, handled, calls) => {
    const { url, truth, taskUUID, videos, errors } = await startWebhook({ handled });
    truth.data = [success(taskUUID, a)];
    for (const time of [1, 2]) {
      expect((await post(url, success(taskUUID, a))).status).toBe(500);
      expect(errors).toHaveLength(time);
    }
    expect(errors[0]).toMatchObject({ status: 500, cause: { message: 'no database' } });
    expect(videos).toHaveLength(calls);
  });

  test('500 when it cannot be asked about a result that the API does not show', async () => {
    const handled = { has: () => Promise.reject(new Error('no database')), add: () => {} };
    const { url, taskUUID, errors } = await startWebhook({ handled });
    expect((await post(url, success(taskUUID, a))).status).toBe(500);
    expect(errors).toMatchObject([{ status: 500, taskUUID, cause: { message: 'no database' } }]);
  });

  test('is remembered, without an object, of the last 10,000 results', async () => {
    const { url, truth, taskUUID, videos } = await startWebhook();
    const many = Array.from({ length: 10_000 }, () => success(taskUUID, crypto.randomUUID()));
    truth.data = many;
    await post(url, many[0]);
    await post(url, many[0]);
    expect(videos).toHaveLength(10_000);
    truth.data = [...many, success(taskUUID, a)];
    await post(url, many[0]);
    expect(videos).toHaveLength(10_001);
    // The oldest has been forgotten; no other has.
    await post(url, success(taskUUID, a));
    expect(uuids(videos).slice(10_000)).toEqual([a, many[0]?.videoUUID]);
  });
});

describe('the answer stays what it is when onError', () => {
  test.each([
    [
      'throws',
      () => {
        throw new Error('no log');
      },
    ],
    ['rejects', () => Promise.reject(new Error('no log'))],
    ['never ends', () => new Promise(() => {})],
    ['is not there', undefined],
  ])('%s', async (_, onError) => {
    const { url, truth, taskUUID } = await startWebhook({
      onError,
      onVideo: () => {
        throw new Error('disk full');
      },
    });
    truth.data = [success(taskUUID, a)];
    expect((await post(url, success(taskUUID, a))).status).toBe(500);
    expect((await post(`${url}x`, success(taskUUID, a))).status).toBe(401);
  });
});

test('the API is asked about the task in the spelling of its URL', async () => {
  const { url, truth, taskUUID, api } = await startWebhook();
  truth.data = [success(taskUUID, a)];
  const spelled = taskUUID.toUpperCase();
  await post(url.replace(taskUUID, spelled), success(taskUUID, a));
  expect(api.requests[0]?.tasks).toEqual([{ taskType: 'getResponse', taskUUID: spelled }]);
});
