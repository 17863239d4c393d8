import { expect, test } from 'vitest';
import { clientOf, openScene } from './scene.ts';

test('a key that is refused ends the run before any job; with the right one all goes on', async () => {
  const scene = await openScene('postgres', { apiKeys: ['key-of-the-tests'] });
  await scene.plan(4);
  const client = clientOf(scene.mock, { apiKey: 'another-key' });
  await expect(scene.work({ client })).rejects.toMatchObject({ name: 'AuthenticationError' });
  expect(scene.mock.tasks).toEqual([]);
  const states = new Set((await scene.items()).map(({ state }) => state));
  const open = ['planned', 'queued', 'submitting'];
  expect([...states].filter((state) => !open.includes(state))).toEqual([]);

  expect(await scene.work()).toMatchObject({ counts: { byState: { succeeded: 4 } } });
  expect(scene.mock.stats).toMatchObject({ submits: 4, charged: 4 });
});

test('a key that may not submit ends the run, and nothing is lost', async () => {
  const scene = await openScene('postgres', { readOnlyApiKeys: ['reading-key'] });
  await scene.plan(2);
  const client = clientOf(scene.mock, { apiKey: 'reading-key' });
  await expect(scene.work({ client })).rejects.toMatchObject({ name: 'PermissionDeniedError' });
  await scene.work();
  expect(scene.mock.stats.charged).toBe(2);
});

test('no key is in what a refused run throws, tells or records', async () => {
  const scene = await openScene('postgres', { apiKeys: ['key-of-the-tests'] });
  await scene.plan(1);
  const client = clientOf(scene.mock, { apiKey: 'secret-of-somebody' });
  const error = await scene.work({ client }).catch((thrown) => thrown);
  const told = JSON.stringify([scene.events, await scene.items(), error, `${error.stack}`]);
  expect(told).not.toContain('secret-of-somebody');
});

test('when the credits run out what is under way is delivered; after topping up the rest is paid once', async () => {
  // Enough for two.
  const poor = await openScene('postgres', { balance: 0.06, jobDurationMs: 300 });
  await poor.plan(5);
  const working = poor.work({ limits: { concurrency: 3 } });
  await expect(working).rejects.toMatchObject({ name: 'InsufficientCreditsError' });
  const before = await poor.items();
  expect(before.filter(({ state }) => state === 'succeeded')).toHaveLength(2);
  for (const { files } of before.slice(0, 2)) {
    expect(poor.result(`${files[0]?.name}`)?.length).toBe(files[0]?.bytes);
  }

  const rich = await openScene();
  await poor.work({ client: clientOf(rich.mock) });
  expect((await poor.items()).map(({ state }) => state)).toEqual(Array(5).fill('succeeded'));
  const accepted = [...poor.mock.tasks, ...rich.mock.tasks].map(({ taskUUID }) => taskUUID);
  expect(new Set(accepted).size).toBe(5);
  expect(accepted).toHaveLength(5);
});
