import { once } from 'node:events';
import type { ServerResponse } from 'node:http';
import { inspect } from 'node:util';
import { afterEach, describe, expect, test, vi } from 'vitest';
import type { AcceptedTask, ProxyOptions } from '../../src/proxy/index.js';
import {
  cooperative,
  processing,
  type Script,
  sendJson,
  success,
} from '../http/scripted-server.js';
import {
  detailsQuestion,
  job,
  question,
  removal,
  runwareKey,
  serveProxy,
  until,
  upload,
} from './serve-proxy.js';

afterEach(() => {
  vi.useRealTimers();
});

const mediaUUID = 'c1b5a6f0-0f6b-4f0e-8a39-d2f1f4a7be01';
const ackOf = ({ taskType, taskUUID }: { taskType: string; taskUUID: string }) => ({
  taskType,
  taskUUID,
});
const storedRow = {
  ...ackOf(upload),
  operation: 'upload',
  mediaUUID,
  mediaURL: 'https://a.example',
};
const deletedRow = { ...ackOf(upload), operation: 'delete', mediaUUID: removal.media };
const video = success(job.taskUUID);

/** A proxy of an API that answers so, and what its hook is told. */
async function serve(
  body: object,
  { status = 200, ...options }: Partial<ProxyOptions> & { status?: number } = {},
) {
  const told: { request: Request; accepted: readonly AcceptedTask[] }[] = [];
  const served = await serveProxy({
    script: (_, response) => sendJson(response, status, body),
    onAccepted: (request, accepted) => told.push({ request, accepted }),
    ...options,
  });
  return { ...served, told };
}

describe('onAccepted is told', () => {
  test.each<[string, object, object]>([
    ['of a job', job, ackOf(job)],
    ['of a stored file', upload, storedRow],
    ['of a deleted file', removal, deletedRow],
    ['of a finished video', question, video],
    ['of a row with a property that no document has', job, { ...ackOf(job), status: 'queued' }],
  ])('%s', async (_, task, row) => {
    const { ask, url, told } = await serve({ data: [row] });
    const answer = await ask([task], { headers: { Cookie: 'session=1' } });
    await expect(answer.json()).resolves.toEqual({ data: [row] });
    expect(told.map(({ accepted }) => accepted)).toEqual([[{ task, rows: [row] }]]);
    expect(told[0]?.request.url).toBe(url);
    expect(told[0]?.request.headers.get('Cookie')).toBe('session=1');
  });

  test('of every task that was accepted beside others that were not, whatever the status', async () => {
    const refused = { ...upload, taskUUID: '11111111-2222-4333-8444-555555555555' };
    const data = [storedRow, ackOf(job)];
    const errors = [{ code: 'invalidMedia', message: 'No.', taskUUID: refused.taskUUID }];
    for (const status of [200, 400, 500]) {
      const { ask, told } = await serve({ data, errors }, { status });
      expect((await ask([job, refused, upload])).status).toBe(status);
      expect(told.map(({ accepted }) => accepted)).toEqual([
        [
          { task: job, rows: [ackOf(job)] },
          { task: upload, rows: [storedRow] },
        ],
      ]);
    }
  });

  test('of every finished video of a job, and of none that is not', async () => {
    const another = success(job.taskUUID, mediaUUID);
    const { ask, told } = await serve({ data: [processing(job.taskUUID), video, another] });
    await ask([question]);
    expect(told.map(({ accepted }) => accepted)).toEqual([
      [{ task: question, rows: [video, another] }],
    ]);
  });

  test('of a finished video beside a result of the same job that failed', async () => {
    const errors = [{ code: 'x', message: 'y', taskUUID: job.taskUUID }];
    const { ask, told } = await serve({ data: [video], errors });
    await ask([question]);
    expect(told.map(({ accepted }) => accepted)).toEqual([[{ task: question, rows: [video] }]]);
  });

  test('of the task as it was sent, whatever authorize has made of it', async () => {
    const { ask, told } = await serve(
      { data: [ackOf(job)] },
      {
        authorize(_, tasks) {
          for (const task of tasks) Object.assign(task, { taskUUID: mediaUUID, ttl: 60 });
          return true;
        },
      },
    );
    await ask([job]);
    expect(told.map(({ accepted }) => accepted)).toEqual([[{ task: job, rows: [ackOf(job)] }]]);
  });

  test('UUIDs in lower case, however the API and the caller write them', async () => {
    const row = {
      ...storedRow,
      taskUUID: upload.taskUUID.toUpperCase(),
      mediaUUID: `URN:UUID:${mediaUUID.toUpperCase()}`,
    };
    const { ask, told } = await serve({ data: [row] });
    const answer = await ask([{ ...upload, taskUUID: upload.taskUUID.toUpperCase() }]);
    await expect(answer.json()).resolves.toEqual({ data: [row] });
    expect(told[0]?.accepted).toEqual([{ task: upload, rows: [storedRow] }]);
  });

  test('nothing that holds the API key', async () => {
    const row = { ...storedRow, mediaURL: `https://a.example/${runwareKey}`, [runwareKey]: 1 };
    const { ask, told } = await serve({ data: [row] });
    await ask([upload]);
    expect(told).toHaveLength(1);
    expect(inspect(told[0]?.accepted, { depth: 9 })).not.toContain('S3cret');
  });

  test('of a file that is stored in a request that prices a job', async () => {
    const { ask, told } = await serve({ data: [storedRow, { ...ackOf(job), cost: 1 }] });
    await ask([upload, job], { headers: { 'X-Runware-Dry-Run': '1' } });
    expect(told.map(({ accepted }) => accepted)).toEqual([[{ task: upload, rows: [storedRow] }]]);
  });
});

describe('onAccepted is not told', () => {
  test.each<[string, object, object, Record<string, string>?]>([
    ['of a job that is priced', job, { ...ackOf(job), cost: 1 }, { 'X-Runware-Dry-Run': '1' }],
    ['of a job that is not ready', question, processing(job.taskUUID)],
    ['of what is archived', detailsQuestion, { ...video, taskType: 'getTaskDetails' }],
    ['of a row that says that it failed', job, { ...ackOf(job), status: 'error', error: {} }],
    ['of a row that has an error', upload, { ...ackOf(upload), error: 'No such file' }],
    ['of a row of another task', job, { ...ackOf(job), taskUUID: mediaUUID }],
    ['of a row of no task', upload, { mediaUUID }],
    ['of a row whose UUID is a list', job, { ...ackOf(job), taskUUID: [job.taskUUID] }],
  ])('%s', async (_, task, row, headers = {}) => {
    const { ask, told, errors } = await serve({ data: [row] });
    expect((await ask([task], { headers })).status).toBe(200);
    expect(told).toEqual([]);
    expect(errors).toEqual([]);
  });

  test.each<[string, object]>([
    ['of errors', { errors: [{ code: 'x', message: 'y', taskUUID: job.taskUUID }] }],
    ['of no rows', { data: [] }],
    ['of rows that are none', { data: [null, 'row', [ackOf(job)], 7] }],
    ['of rows that are a text', { data: job.taskUUID }],
    ['of nothing', {}],
  ])('%s', async (_, body) => {
    const { ask, told, errors } = await serve(body);
    expect((await ask([job])).status).toBe(200);
    expect(told).toEqual([]);
    expect(errors).toEqual([]);
  });

  test('of what is refused before it is sent', async () => {
    const { ask, told } = await serve({ data: [ackOf(job)] }, { authorize: () => false });
    expect((await ask([job])).status).toBe(401);
    expect(told).toEqual([]);
  });
});

describe('the answer', () => {
  test('is given when onAccepted has ended, so that the next request finds what it records', async () => {
    const events: string[] = [];
    let record = () => {};
    const { ask } = await serve(
      { data: [storedRow] },
      {
        onAccepted: async () => {
          events.push('told');
          await new Promise<void>((resolve) => {
            record = resolve;
          });
          events.push('recorded');
        },
      },
    );
    const asked = ask([upload]).then(() => events.push('answered'));
    await until(() => events.length > 0);
    record();
    await asked;
    expect(events).toEqual(['told', 'recorded', 'answered']);
  });

  test.each<[string, () => unknown]>([
    [
      'throws',
      () => {
        throw new Error(`the database is down, ${runwareKey}`);
      },
    ],
    ['rejects', () => Promise.reject(new Error(`the database is down, ${runwareKey}`))],
  ])(
    'to a paid job is given when onAccepted %s, and the owner is told of which tasks',
    async (_, onAccepted) => {
      const { ask, errors } = await serve({ data: [ackOf(job), storedRow] }, { onAccepted });
      const answer = await ask([job, upload]);
      expect(answer.status).toBe(200);
      await expect(answer.json()).resolves.toEqual({ data: [ackOf(job), storedRow] });
      expect(errors).toMatchObject([
        {
          name: 'Sync3Error',
          code: 'onAcceptedFailed',
          cause: { message: 'the database is down, •••' },
        },
      ]);
      const [{ message = '' } = {}] = errors;
      expect(message).toContain(`videoInference ${job.taskUUID}`);
      expect(message).toContain(`mediaStorage ${upload.taskUUID} (${mediaUUID})`);
      expect(inspect(errors)).not.toContain('S3cret');
    },
  );

  test('to a paid job is given when onAccepted does not end in time, and the owner is told', async () => {
    let isTold = false;
    const onAccepted = () => {
      isTold = true;
      return new Promise(() => {});
    };
    const { ask, errors } = await serve({ data: [ackOf(job)] }, { onAccepted, timeoutMs: 30_000 });
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    const asked = ask([job]);
    await until(() => isTold);
    vi.advanceTimersByTime(30_000);
    expect((await asked).status).toBe(200);
    expect(errors).toMatchObject([
      { code: 'onAcceptedFailed', message: expect.stringContaining('30000 ms') },
    ]);
  });

  test('and what is sent are not changed by onAccepted', async () => {
    const onAccepted = (_: Request, accepted: readonly AcceptedTask[]) => {
      for (const { task, rows } of accepted)
        for (const it of [task, ...rows]) Object.assign(it, { a: 1 });
    };
    const { ask } = await serve({ data: [ackOf(job)] }, { onAccepted });
    await expect((await ask([job])).json()).resolves.toEqual({ data: [ackOf(job)] });
  });

  test.each([{ toString: 1 }, 7, null, [mediaUUID]])(
    'to a paid job is given although its row has the mediaUUID %j and onAccepted fails',
    async (strange) => {
      const row = { ...ackOf(job), mediaUUID: strange };
      const onAccepted = () => Promise.reject({ toString: 1 });
      const { ask, errors } = await serve({ data: [row] }, { onAccepted });
      const answer = await ask([job]);
      expect(answer.status).toBe(200);
      await expect(answer.json()).resolves.toEqual({ data: [row] });
      expect(errors).toMatchObject([{ code: 'onAcceptedFailed', taskUUID: job.taskUUID }]);
    },
  );

  test('to a caller who has left is told to onAccepted all the same, within waitUntil', async () => {
    const answers: ServerResponse[] = [];
    const work: Promise<unknown>[] = [];
    const told: unknown[] = [];
    const script: Script = (_, response) => void answers.push(response);
    const { ask } = await serveProxy({
      script,
      waitUntil: (promise) => work.push(promise),
      onAccepted: async (_, accepted) => {
        await Promise.resolve();
        told.push(accepted);
      },
    });
    const controller = new AbortController();
    const asked = ask([job], { signal: controller.signal }).catch(() => {});
    await until(() => answers.length === 1);
    controller.abort();
    await asked;
    const [answer] = answers;
    if (!answer) throw new Error('nothing came');
    const closed = once(answer, 'close');
    sendJson(answer, 200, { data: [ackOf(job)] });
    await closed;
    await Promise.all(work);
    expect(told).toEqual([[{ task: job, rows: [ackOf(job)] }]]);
  });

  test('without onAccepted is the same', async () => {
    const { ask } = await serveProxy({ script: cooperative });
    await expect((await ask([job])).json()).resolves.toEqual({ data: [ackOf(job)] });
  });
});
