import { expect, test } from 'vitest';
import { ApiError, type LipsyncParams, Sync3, ValidationError } from '../../src/index.js';
import { sampleJob } from '../sample-job.js';
import { cooperative, type Script, sendJson, startScriptedServer } from './scripted-server.js';

/** Prices what comes as a dry run, and nothing else. */
const pricing =
  (...costs: unknown[]): Script =>
  ({ headers, tasks: [task] }, response) => {
    if (headers['x-runware-dry-run'] !== '1') throw new Error('This would have been paid for.');
    const data = costs.map((cost) => ({
      taskType: task?.taskType,
      taskUUID: task?.taskUUID,
      cost,
    }));
    sendJson(response, 200, { data });
  };

async function clientOf(script: Script) {
  const server = await startScriptedServer(script);
  return { sync3: new Sync3({ baseUrl: server.url, apiKey: 'key' }), server };
}

test('an estimate is a dry run with the cost included, and runs nothing', async () => {
  const { sync3, server } = await clientOf(pricing(0.42));
  const estimate = await sync3.lipsync.estimate(sampleJob);
  expect(estimate).toMatchObject({ cost: 0.42, rows: [{ cost: 0.42 }] });
  expect(server.requests).toHaveLength(1);
  expect(server.requests[0]?.tasks).toMatchObject([
    { taskType: 'videoInference', includeCost: true, ...sampleJob },
  ]);
});

test('the costs of several results are added up', async () => {
  const { sync3 } = await clientOf(pricing(0.25, 0.5));
  const { cost } = await sync3.lipsync.estimate({ ...sampleJob, numberResults: 2 });
  expect(cost).toBe(0.75);
});

test.each([
  ['no row', pricing()],
  ['a row without a cost', pricing(undefined)],
  ['a cost that is no number', pricing('0.42')],
])('an answer with %s is an estimate without a cost', async (_, script) => {
  const { sync3 } = await clientOf(script);
  expect((await sync3.lipsync.estimate(sampleJob)).cost).toBeUndefined();
});

test("an estimate uses a taskUUID of its own, so that the job's stays free", async () => {
  const { sync3, server } = await clientOf(pricing(1));
  const taskUUID = crypto.randomUUID();
  await sync3.lipsync.estimate({ ...sampleJob, taskUUID });
  expect(server.requests[0]?.tasks[0]?.taskUUID).not.toBe(taskUUID);
});

test('an estimate calls no beforeSubmit', async () => {
  const server = await startScriptedServer(pricing(1));
  const beforeSubmit = () => {
    throw new Error('Nothing is submitted.');
  };
  const sync3 = new Sync3({ baseUrl: server.url, apiKey: 'key', beforeSubmit });
  await expect(sync3.lipsync.estimate(sampleJob)).resolves.toMatchObject({ cost: 1 });
});

test('an estimate of a request that breaks a rule sends nothing', async () => {
  const { sync3, server } = await clientOf(cooperative);
  const params = { inputs: { video: 'x' } } as unknown as LipsyncParams;
  await expect(sync3.lipsync.estimate(params)).rejects.toBeInstanceOf(ValidationError);
  expect(server.requests).toEqual([]);
});

test('a refused estimate is an ApiError', async () => {
  const { sync3 } = await clientOf((_, response) => {
    const errors = [{ code: 'invalidParameter', message: 'No.', parameter: 'inputs.video' }];
    sendJson(response, 400, { data: [], errors });
  });
  await expect(sync3.lipsync.estimate(sampleJob)).rejects.toBeInstanceOf(ApiError);
});
