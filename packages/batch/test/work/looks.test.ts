import { expect, test } from 'vitest';
import { startFileHost } from '../deliver/file-host.ts';
import { hurry } from '../deliver/hurry.ts';
import { answering } from './answering.ts';
import { mostAtOnce } from './requests.ts';
import { clientOf, openScene, type Scene, tinyItem, until } from './scene.ts';

/** Makes every look due, as if its time had passed. */
const lookNow = ({ database }: Scene) =>
  database.query('update sync3.item set next_look_at = now() where next_look_at is not null');

test('jobs that are slower than the timeout keep their places, and are delivered by the same run', async () => {
  const scene = await openScene('postgres', { jobDurationMs: 600_000 });
  await scene.plan(6);
  const working = scene.work({
    jobTimeoutMs: 300,
    limits: { concurrency: 2 },
    longestLookMs: 600_000,
  });
  const slow = async () => (await scene.items()).filter(({ error }) => error?.code === 'SlowJob');
  await until(async () => (await slow()).length === 2);
  expect(await slow()).toMatchObject([{ state: 'submitted' }, { state: 'submitted' }]);
  expect(scene.mock.tasks).toHaveLength(2);
  for (const count of [2, 4, 6]) {
    await until(async () => scene.mock.tasks.length === count && (await slow()).length === 2);
    scene.advance(600_000);
    await until(async () => {
      await lookNow(scene);
      return (await scene.items()).filter(({ state }) => state === 'succeeded').length === count;
    });
  }
  expect(await working).toMatchObject({
    ending: 'complete',
    counts: { byState: { succeeded: 6 } },
  });
  expect(mostAtOnce(scene.mock)).toBe(2);
  expect(scene.mock.stats).toMatchObject({ submits: 6, charged: 6 });
});

test('a run ends when jobs that nobody can tell about take all places for so long', async () => {
  const scene = await openScene('postgres', { jobDurationMs: Infinity });
  await scene.plan(3);
  const summary = await scene.work({ jobTimeoutMs: 300, limits: { concurrency: 1 } });
  expect(summary).toMatchObject({
    ending: 'waiting',
    counts: { byState: { submitted: 1, planned: 2 } },
  });
});

test.each([false, true])(
  'files that a store refuses for a while are delivered without a new run (stay: %s)',
  async (stay) => {
    hurry();
    const scene = await openScene();
    const host = await startFileHost(scene.mock);
    await scene.plan(2);
    let isDown = true;
    host.answer = (_, response) => {
      if (isDown) response.writeHead(503).end();
      return isDown;
    };
    const stop = new AbortController();
    const client = clientOf(host);
    const working = scene.work({ client, stay, signal: stop.signal, longestLookMs: 600_000 });
    await until(async () => (await scene.items()).every(({ looks }) => looks > 0));
    expect(await scene.items()).toMatchObject(
      Array(2).fill({ state: 'rendered', error: { code: 'DeliveryError' } }),
    );
    isDown = false;
    await lookNow(scene);
    await until(async () => (await scene.items()).every(({ state }) => state === 'succeeded'));
    if (stay) stop.abort();
    expect(await working).toMatchObject({ ending: stay ? 'stopped' : 'complete' });
    expect(scene.mock.stats).toMatchObject({ submits: 2, charged: 2 });
  },
);

test('a job that had results is not begun anew, though the API says later that it has failed', async () => {
  hurry();
  const scene = await openScene();
  const host = await startFileHost(scene.mock);
  host.answer = (_, response) => {
    response.writeHead(503).end();
    return true;
  };
  await scene.plan(1);
  await scene.work({ client: clientOf(host) });
  expect(await scene.item()).toMatchObject({ state: 'rendered' });
  const client = answering(scene, 'getResponse', async (tasks) => {
    const reason = { code: 'inferenceError', status: 'error', message: 'No.' };
    return Response.json({ errors: tasks.map((task) => ({ ...task, ...reason })) });
  });
  await scene.work({ client });
  expect(await scene.item()).toMatchObject({ state: 'ambiguous', retries: 0 });
  expect(scene.mock.stats).toMatchObject({ submits: 1, charged: 1 });
});

test('an item whose submit the API answers with 429 is planned again, and never unclear', async () => {
  const scene = await openScene();
  await scene.plan(3);
  let refusals = 0;
  const states = new Set<string>();
  const client = answering(scene, 'videoInference', async () => {
    for (const { state } of await scene.items()) states.add(state);
    refusals += 1;
    if (refusals > 3) return undefined;
    return new Response('', { status: 429 });
  });
  expect(await scene.work({ client })).toMatchObject({ counts: { byState: { succeeded: 3 } } });
  expect(states).not.toContain('ambiguous');
  const life = await scene.database.query<{ state: string }>(
    `select state from sync3.move where item_id = (select id from sync3.item where key = 'clip-1')
    order by id`,
  );
  expect(life.map(({ state }) => state)).toContain('planned');
  expect(scene.mock.stats).toMatchObject({ submits: 3, charged: 3 });
});

test('results that are listed late are delivered by the same run', async () => {
  const scene = await openScene();
  await scene.plan([tinyItem(1, { numberResults: 2 })]);
  let isListed = false;
  // The client gives up after a minute without news; the archive tells as much at once.
  const polls = answering(scene, 'getResponse', async () =>
    isListed ? undefined : Response.json({ data: [] }),
  );
  const { fetch: send = fetch, ...others } = polls;
  const partial: typeof fetch = async (input, init) => {
    const response = await send(input, init);
    if (isListed || !`${init?.body}`.includes('"getTaskDetails"')) return response;
    const answer = (await response.json()) as { data: { response: { data?: object[] } }[] };
    for (const row of answer.data) row.response.data = row.response.data?.slice(0, 1) ?? [];
    return Response.json(answer);
  };
  const client = { ...others, fetch: partial };
  const working = scene.work({ client, jobTimeoutMs: 500, longestLookMs: 600_000 });
  await until(async () => (await scene.item()).error?.code === 'missingResults');
  expect(await scene.item()).toMatchObject({ state: 'submitted', files: [] });
  isListed = true;
  await lookNow(scene);
  expect(await working).toMatchObject({ ending: 'complete' });
  expect(await scene.item()).toMatchObject({ state: 'succeeded', error: null });
  expect((await scene.item()).files).toHaveLength(2);
});
