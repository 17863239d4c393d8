import { describe, expect, test } from 'vitest';
import { Sync3 } from '../../src/index.js';
import { acknowledgement, type Script, sendJson, success } from '../http/scripted-server.js';
import { sampleJob } from '../sample-job.js';
import { findSecret } from './renderings.js';
import { keys, setStage } from './stage.js';

test.each(keys)('the search finds the key %s wherever it is', (apiKey) => {
  class Holder {
    readonly open = 'x';
    get derived() {
      return `Bearer ${apiKey}`;
    }
  }
  const places: unknown[] = [
    apiKey,
    { apiKey },
    { [apiKey]: 1 },
    new Holder(),
    new Map([['key', { apiKey }]]),
    new Error('x', { cause: new Error(apiKey) }),
    new AggregateError([new Error(apiKey)]),
    Object.defineProperty({}, 'hidden', { value: apiKey }),
    { [Symbol('s')]: [apiKey] },
    new Headers({ authorization: `Bearer ${apiKey}` }),
    { json: JSON.stringify([JSON.stringify({ apiKey })]) },
    () => {},
  ];
  const found = places.map((place) => findSecret(place, apiKey).length > 0);
  expect(found).toEqual(places.map((place) => typeof place !== 'function'));
});

describe.each(keys)('with the key %s', (apiKey) => {
  test.each([
    ['with nothing but the key', {}],
    ['with headers of the caller', { headers: { 'x-key': apiKey, authorization: apiKey } }],
    ['with Headers of the caller', { headers: new Headers({ 'x-key': apiKey }) }],
    ['that sends the key as a task', { auth: 'task' as const }],
    ['whose key comes from a function', { apiKey: () => apiKey }],
    ['whose key comes from a promise', { apiKey: async () => apiKey }],
  ])('a client %s shows no key, before and after its use', async (_, options) => {
    const { serve, events } = setStage(apiKey);
    const sync3 = await serve(telltale(), options);
    expect(findSecret(sync3, apiKey)).toEqual([]);
    await sync3.lipsync.run(sampleJob);
    expect(findSecret(sync3, apiKey)).toEqual([]);
    expect(findSecret(events, apiKey)).toEqual([]);
  });

  test.each([`${apiKey} with blanks`, `${apiKey}\nX-Other: 1`, `${apiKey}ü`])(
    'the error about an unusable key shows nothing of it (%j)',
    (unusable) => {
      let error: unknown;
      try {
        new Sync3({ apiKey: unusable });
      } catch (caught) {
        error = caught;
      }
      expect(error).toMatchObject({ name: 'Sync3Error' });
      expect(findSecret(error, apiKey)).toEqual([]);
    },
  );

  describe('on a server that repeats the key wherever it can', () => {
    test('a task and its snapshots show no key', async () => {
      const { serve, events } = setStage(apiKey);
      const sync3 = await serve(telltale(apiKey));
      const task = await sync3.lipsync.submit({ ...sampleJob, numberResults: 2 });
      const shown: unknown[] = [task, sync3.tasks.attach(task.taskUUID)];
      for await (const snapshot of task) shown.push(snapshot);
      shown.push(await sync3.tasks.status(task.taskUUID));
      expect(findSecret(shown, apiKey)).toEqual([]);
      expect(findSecret(events, apiKey)).toEqual([]);
    });

    test('a result with a video and a failure shows no key', async () => {
      const { serve } = setStage(apiKey);
      const sync3 = await serve(telltale(apiKey));
      const result = await sync3.lipsync.run({ ...sampleJob, numberResults: 2 });
      expect(result).toMatchObject({ videos: [{}], failures: [{}] });
      expect(findSecret(result, apiKey)).toEqual([]);
    });

    test('stored media show no key', async () => {
      const { serve } = setStage(apiKey);
      const sync3 = await serve(telltale(apiKey));
      expect(findSecret(await sync3.media.upload(new Blob(['abc'])), apiKey)).toEqual([]);
    });

    test('an estimate shows no key', async () => {
      const { serve } = setStage(apiKey);
      const sync3 = await serve(telltale(apiKey));
      expect(findSecret(await sync3.lipsync.estimate(sampleJob), apiKey)).toEqual([]);
    });

    test('the details of a job show no key, although the archived request held it', async () => {
      const { serve } = setStage(apiKey);
      const sync3 = await serve(telltale(apiKey), { auth: 'task' });
      const { taskUUID } = await sync3.lipsync.submit(sampleJob);
      expect(findSecret(await sync3.tasks.details(taskUUID), apiKey)).toEqual([]);
    });
  });
});

/** A server on which all goes well, and which puts a secret into every row and error. */
function telltale(secret?: string): Script {
  const debug = { headers: { authorization: `Bearer ${secret}` } };
  return ({ tasks }, response) => {
    const task = tasks.at(-1);
    if (!task) throw new Error('no task');
    const { taskType, taskUUID } = task;
    const row = { ...acknowledgement(task), debug };
    const error = { code: 'inferenceError', message: `Bearer ${secret}`, debug };
    const failure = { taskUUID, status: 'error', error, debug };
    const rows: Record<string, object[]> = {
      getResponse: secret ? [{ ...success(taskUUID), debug }, failure] : [success(taskUUID)],
      mediaStorage: [
        { ...row, mediaUUID: crypto.randomUUID(), mediaURL: 'https://im.runware.ai/x' },
      ],
      getTaskDetails: [
        { ...row, request: [{ taskType: 'authentication', apiKey: secret }], response: { debug } },
      ],
    };
    const data = rows[taskType] ?? [{ ...row, cost: 1 }];
    sendJson(response, 200, { data });
  };
}
