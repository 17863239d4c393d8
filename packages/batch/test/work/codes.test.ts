import { retryFailed } from '@sync3/batch';
import { expect, test } from 'vitest';
import { answering, refusal, tasksIn } from './answering.ts';
import { localItems, openScene } from './scene.ts';

for (const code of ['providerInsufficientCredits', 'insufficientCredits']) {
  for (const status of [400, 200]) {
    test(`${code} under HTTP ${status} stops the batch and costs no item its place`, async () => {
      const scene = await openScene();
      await scene.plan(8);
      const client = answering(scene, 'videoInference', async (tasks) =>
        refusal(tasks, code, status),
      );
      await expect(scene.work({ client })).rejects.toMatchObject({
        name: 'InsufficientCreditsError',
      });
      const states = (await scene.items()).map(({ state }) => state);
      expect(
        states.filter((state) => !['planned', 'queued', 'submitting'].includes(state)),
      ).toEqual([]);
      await scene.work();
      expect((await scene.items()).map(({ state }) => state)).toEqual(Array(8).fill('succeeded'));
      expect(scene.mock.stats.charged).toBe(8);
    });
  }
}

test('an account that is suspended stops the batch under any HTTP status', async () => {
  const scene = await openScene();
  await scene.plan(3);
  const client = answering(scene, 'videoInference', async (tasks) =>
    refusal(tasks, 'accountSuspended'),
  );
  await expect(scene.work({ client })).rejects.toMatchObject({ name: 'PermissionDeniedError' });
  await scene.work();
  expect(scene.mock.stats.charged).toBe(3);
});

test('a refusal that another attempt may mend is waited out with the same taskUUID', async () => {
  const scene = await openScene();
  await scene.plan(1);
  let submits = 0;
  const client = answering(scene, 'videoInference', async (tasks) => {
    submits += 1;
    return submits === 1 ? refusal(tasks, 'timeoutProvider') : undefined;
  });
  await scene.work({ client });
  expect(await scene.item()).toMatchObject({ state: 'succeeded', error: null });
  expect(scene.events).toContainEqual(expect.objectContaining({ event: 'paused' }));
  expect(submits).toBe(2);
});

test('a refusal after an attempt that may have been accepted leaves the item open, and not failed', async () => {
  const scene = await openScene();
  await scene.plan(1);
  let submits = 0;
  const submit = answering(
    scene,
    'videoInference',
    async (tasks, forward) => {
      submits += 1;
      if (submits > 1) return refusal(tasks, 'invalidParameter');
      await forward();
      return new Response('', { status: 502 });
    },
    1,
  );
  const { fetch: send, ...others } = submit;
  // The job is not visible yet.
  const blind = async (...[input, init]: Parameters<typeof fetch>) =>
    tasksIn(init)[0]?.taskType === 'getResponse'
      ? Response.json({ data: [] })
      : (send ?? fetch)(input, init);
  await scene.work({ client: { ...others, fetch: blind } });
  expect(await scene.item()).toMatchObject({ state: 'ambiguous', settledAt: null });
  await scene.work();
  expect(await scene.item()).toMatchObject({ state: 'succeeded' });
  expect(scene.mock.stats).toMatchObject({ submits: 1, charged: 1 });
});

test('what a provider said of a failure is in the reason of the item', async () => {
  const scene = await openScene();
  await scene.plan(1);
  const client = answering(scene, 'getResponse', async (tasks) => {
    const errors = tasks.map(({ taskUUID }) => ({
      code: 'providerError',
      status: 'error',
      message: 'The provider failed.',
      responseContent: 'no face in frame 7',
      taskUUID,
    }));
    return Response.json({ errors }, { status: 400 });
  });
  await scene.work({ client });
  expect(await scene.item()).toMatchObject({
    state: 'failed',
    error: { code: 'providerError', message: expect.stringContaining('no face in frame 7') },
  });
});

for (const code of ['inputAssetExpired', 'videoNotFound']) {
  test(`after ${code} the files of the item are stored anew`, async () => {
    const scene = await openScene();
    await scene.plan(localItems(1));
    const client = answering(scene, 'videoInference', async (tasks) => refusal(tasks, code));
    await scene.work({ client });
    expect(await scene.item()).toMatchObject({ state: 'failed', error: { code } });
    await retryFailed(scene.database);
    await scene.work();
    expect(await scene.item()).toMatchObject({ state: 'succeeded' });
    expect(scene.mock.stats.uploads).toBe(4);
  });
}

test('a code about the job does not store its files anew', async () => {
  const scene = await openScene();
  await scene.plan(localItems(1));
  scene.mock.faults.add({ on: 'submit', kind: 'failed-results', code: 'resultExpired' });
  await scene.work();
  expect(await scene.item()).toMatchObject({ state: 'failed', error: { code: 'resultExpired' } });
  await retryFailed(scene.database);
  await scene.work();
  expect(scene.mock.stats.uploads).toBe(2);
});

test('an archive that holds the refusal of a second submit says nothing about the job, whatever the code', async () => {
  const scene = await openScene();
  await scene.plan(1);
  const { fetch: send, ...hidden } = answering(scene, 'getResponse', async () =>
    Response.json({ data: [] }),
  );
  const archive = async (...[input, init]: Parameters<typeof fetch>) => {
    const tasks = tasksIn(init);
    if (tasks[0]?.taskType !== 'getTaskDetails') return (send ?? fetch)(input, init);
    const response = { errors: [{ code: 'duplicateTaskUUID', message: 'It is in use.' }] };
    return Response.json({ data: tasks.map((task) => ({ ...task, request: [], response })) });
  };
  await scene.work({ client: { ...hidden, fetch: archive }, jobTimeoutMs: 300 });
  expect(await scene.item()).toMatchObject({ state: 'submitted', error: { code: 'SlowJob' } });
});
