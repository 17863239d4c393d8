import { describe, expect, test } from 'vitest';
import { askControl } from '../control/ask.js';
import {
  getResponse,
  getTaskDetails,
  job,
  type Post,
  start,
  startShared,
  storeSample,
} from './start.js';

/** The answer that tells all results of a job for the first time. */
async function firstFullAnswer(post: Post, taskUUID: string) {
  // biome-ignore lint/suspicious/noExplicitAny: as in `Answer`
  let body: any;
  await expect
    .poll(async () => {
      ({ body } = await post([getResponse(taskUUID)]));
      return JSON.stringify(body);
    })
    .not.toContain('"processing"');
  return body;
}

describe('a job whose results expire', async () => {
  const { mock, post } = await startShared();
  const inputs = await storeSample(post);

  test('is paid for, tells its results once, and has no file for them', async () => {
    mock.faults.add({ on: 'submit', kind: 'expired-results' });
    const task = job({ inputs, numberResults: 2 });
    await post([task]);
    const { data } = await firstFullAnswer(post, task.taskUUID);
    expect(data).toMatchObject([{ status: 'success' }, { status: 'success' }]);
    for (const { videoURL } of data) expect((await fetch(videoURL)).status).toBe(404);
    expect((await post([getResponse(task.taskUUID)])).body).toEqual({ data: [] });
    expect(mock.stats).toMatchObject({ charged: 1, resultsSucceeded: 2, violations: 0 });
  });

  test('is unknown afterwards, like one whose retention is over, and its UUID is free', async () => {
    mock.faults.add({ on: 'submit', kind: 'expired-results' });
    const task = job({ inputs });
    await post([task]);
    await firstFullAnswer(post, task.taskUUID);
    const { status, body } = await post([getTaskDetails(task.taskUUID)]);
    expect(status).toBe(404);
    expect(body.errors).toMatchObject([{ code: 'taskNotFound', taskUUID: task.taskUUID }]);
    expect(mock.tasks.map(({ taskUUID }) => taskUUID)).not.toContain(task.taskUUID);
    // The fault is over: this one stays.
    expect((await post([task])).status).toBe(200);
    const { data } = await firstFullAnswer(post, task.taskUUID);
    expect((await post([getResponse(task.taskUUID)])).body.data).toEqual(data);
    expect((await fetch(data[0].videoURL)).status).toBe(200);
  });

  test('can be told by getTaskDetails, too', async () => {
    mock.faults.add({ on: 'submit', kind: 'expired-results' });
    const task = job({ inputs });
    await post([task]);
    await expect.poll(() => mock.tasks.at(-1)?.state).toBe('success');
    const { body } = await post([getTaskDetails(task.taskUUID)]);
    expect(body.data[0].response.data).toMatchObject([{ status: 'success' }]);
    expect((await post([getTaskDetails(task.taskUUID)])).status).toBe(404);
  });

  test('gives no input for another', async () => {
    await askControl(mock.url, 'faults', {
      method: 'POST',
      body: { on: 'submit', kind: 'expired-results' },
    });
    const task = job({ inputs });
    await post([task]);
    const [{ videoUUID }] = (await firstFullAnswer(post, task.taskUUID)).data;
    const next = job({ inputs: { ...inputs, video: videoUUID } });
    await post([next]);
    const { errors } = await firstFullAnswer(post, next.taskUUID);
    expect(errors).toMatchObject([{ status: 'error', code: 'mediaNotFound' }]);
  });
});

test('a job whose results expire is known while it is under way', async () => {
  const { mock, post } = await start({ jobDurationMs: 60_000 });
  mock.faults.add({ on: 'submit', kind: 'expired-results' });
  const task = job();
  await post([task]);
  for (let poll = 0; poll < 3; poll++) {
    const { body } = await post([getResponse(task.taskUUID)]);
    expect(body.data).toMatchObject([{ status: 'processing' }]);
  }
});
