import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { createClock, getTaskDetails, job, settled, start, storeSample } from './start.js';

test('the details of a finished job are its request and its rows', async () => {
  const { post } = await start();
  const task = job({ inputs: await storeSample(post) });
  await post([task]);
  const { body } = await settled(post, task.taskUUID);
  const { taskUUID } = task;
  expect((await post([getTaskDetails(taskUUID)])).body).toEqual({
    data: [{ taskType: 'getTaskDetails', taskUUID, request: [task], response: body }],
  });
});

test('after a refused second submit they are the conflict, while the rows are still there', async () => {
  const { mock, post } = await start();
  const task = job({ inputs: await storeSample(post) });
  await post([task]);
  const before = await settled(post, task.taskUUID);
  const conflict = await post([task]);
  const { body } = await post([getTaskDetails(task.taskUUID)]);
  expect(body.data[0].response).toEqual({ errors: conflict.body.errors });
  expect((await settled(post, task.taskUUID)).body).toEqual(before.body);
  expect(mock.stats.violations).toBe(0);
});

test('a result that settles after a conflict takes its place', async () => {
  const clock = createClock();
  const { post } = await start({ now: clock.now, jobDurationMs: 1_000 });
  const task = job();
  await post([task]);
  await post([task]);
  clock.advance(1_000);
  const { body } = await settled(post, task.taskUUID);
  const details = await post([getTaskDetails(task.taskUUID)]);
  expect(details.body.data[0].response).toEqual(body);
});

test('a second submit that breaks a rule is the last answer too', async () => {
  const { post } = await start({ jobDurationMs: 60_000 });
  const task = job();
  await post([task]);
  await post([{ ...task, bogus: 1 }]);
  const { body } = await post([getTaskDetails(task.taskUUID)]);
  expect(body.data[0].response.errors).toMatchObject([{ code: 'unknownParameter' }]);
});

test('a dry run leaves no trace in them', async () => {
  const { post } = await start({ jobDurationMs: 60_000 });
  const task = job();
  await post([task]);
  await post([{ ...task, bogus: 1 }], { 'x-runware-dry-run': '1' });
  const { body } = await post([getTaskDetails(task.taskUUID)]);
  expect(body.data[0].response).toMatchObject({ data: [{ status: 'processing' }] });
});

test('of a UUID that was never submitted there are none', async () => {
  const { post } = await start();
  const { status, body } = await post([getTaskDetails(randomUUID())]);
  expect(status).toBe(404);
  expect(body.errors).toMatchObject([{ code: 'taskNotFound', taskType: 'getTaskDetails' }]);
});
