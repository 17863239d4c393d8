import { tmpdir } from 'node:os';
import {
  estimateBatch,
  type Item,
  type PlanSummary,
  retryFailed,
  type WorkEvent,
} from '@sync3/batch';
import { describe, expect, test } from 'vitest';
import { ruleKinds } from '../database/fresh-database.ts';
import { clientOf, localItems, openScene, tinyItem, until } from './scene.ts';
import { tinyCost } from './tiny-media.ts';

/** Room for so many results, and a half. */
const enoughFor = (results: number) => (results + 0.5) * tinyCost;

/** Takes the prices out of the answers of the API. */
const withoutPrices: typeof fetch = async (input, init) => {
  const response = await fetch(input, init);
  const text = await response.text();
  return new Response(text.replaceAll(/,"cost":[\d.]+/g, ''), response);
};

/** Makes the API say that a job costs half of what it does. */
const withHalfEstimates: typeof fetch = async (input, init) => {
  const response = await fetch(input, init);
  if (!new Headers(init?.headers).has('X-Runware-Dry-Run')) return response;
  const text = await response.text();
  const halved = text.replaceAll(/"cost":([\d.]+)/g, (_, cost) => `"cost":${Number(cost) / 2}`);
  return new Response(halved, response);
};

describe.each(ruleKinds)('on %s', (kind) => {
  test('a maximum is kept also when jobs cost twice their estimate, and that is told', async () => {
    const scene = await openScene(kind);
    await scene.plan(14);
    const client = clientOf(scene.mock, { fetch: withHalfEstimates });
    const maxCost = enoughFor(9);
    const summary = await scene.work({ client, limits: { maxCost, concurrency: 14 } });
    expect(summary).toMatchObject({
      ending: 'budget',
      counts: { byState: { succeeded: 9, planned: 5 } },
      costs: { ratio: 2, uncertain: 0, reserved: 0, maxCost },
      wrongEstimates: { items: 9 },
    });
    expect(summary.costs.spent).toBeCloseTo(9 * tinyCost, 6);
    expect(summary.wrongEstimates.excess).toBeCloseTo((9 * tinyCost) / 2, 6);
    expect(summary.wrongEstimates.examples[0]).toMatchObject({ key: 'clip-1' });
  });

  test('jobs that failed count against the maximum also when they are tried again', async () => {
    const scene = await openScene(kind);
    await scene.plan(4);
    scene.mock.faults.add({ on: 'submit', kind: 'failed-results', code: 'failed', times: 100 });
    const limits = { maxCost: enoughFor(6), concurrency: 4, maxFailures: null };
    for (let run = 0; run < 4; run++) {
      await scene.work({ limits });
      await retryFailed(scene.database);
    }
    expect(scene.mock.stats.submits).toBe(6);
  });
});

test('no job is begun that could bring the cost above the maximum; more money continues', async () => {
  const scene = await openScene();
  await scene.plan(6);
  const limits = { maxCost: enoughFor(3), concurrency: 6 };
  const first = await scene.work({ limits });
  expect(first).toMatchObject({ ending: 'budget', counts: { byState: { succeeded: 3 } } });
  expect(first.counts.byState.planned).toBe(3);
  expect(scene.mock.stats).toMatchObject({ submits: 3, charged: 3 });
  expect(first.counts.actualCost).toBeCloseTo(3 * tinyCost, 6);

  expect(await scene.work()).toMatchObject({ ending: 'budget' });
  expect(scene.mock.stats.submits).toBe(3);

  const second = await scene.work({ limits: { maxCost: enoughFor(5) } });
  expect(second).toMatchObject({ ending: 'budget', counts: { byState: { planned: 1 } } });
  expect(await scene.work({ limits: { maxCost: null } })).toMatchObject({ ending: 'complete' });
  expect(scene.mock.stats).toMatchObject({ submits: 6, charged: 6 });
});

test('a maximum that is just enough is enough', async () => {
  const scene = await openScene();
  await scene.plan(3);
  const summary = await scene.work({ limits: { maxCost: 0.072 } });
  expect(summary).toMatchObject({ ending: 'complete', counts: { byState: { succeeded: 3 } } });
});

test('jobs that failed count against the maximum, as they may have been charged', async () => {
  const scene = await openScene();
  await scene.plan(3);
  await estimateBatch(scene.database, { client: clientOf(scene.mock) });
  scene.mock.faults.add({ on: 'submit', kind: 'failed-results' });
  const limits = { maxCost: enoughFor(2), concurrency: 1 };
  expect(await scene.work({ limits })).toMatchObject({
    ending: 'budget',
    counts: { byState: { failed: 1, succeeded: 1, planned: 1 } },
  });
});

test('jobs under way from a run without a maximum count against it, though they have no price yet', async () => {
  const scene = await openScene('postgres', { jobDurationMs: 1_500 });
  await scene.plan(6);
  const stop = new AbortController();
  const running = scene.work({ limits: { concurrency: 3 }, signal: stop.signal });
  await until(() => scene.mock.tasks.length === 3);
  stop.abort();
  await running;
  const summary = await scene.work({ limits: { maxCost: enoughFor(4), concurrency: 6 } });
  expect(summary).toMatchObject({ ending: 'budget', counts: { byState: { succeeded: 4 } } });
  expect(scene.mock.stats.charged).toBe(4);
});

test('an item whose price the API does not name is an error where there is a maximum', async () => {
  const scene = await openScene();
  await scene.plan(2);
  const client = clientOf(scene.mock, { fetch: withoutPrices });
  await expect(scene.work({ limits: { maxCost: 1 }, client })).rejects.toMatchObject({
    name: 'BatchError',
    message: expect.stringContaining('names no price for item "clip-'),
  });
  expect(scene.mock.stats.submits).toBe(0);
  expect(await scene.work({ limits: { maxCost: null }, client })).toMatchObject({
    ending: 'complete',
    counts: { byState: { succeeded: 2 }, actualCost: 0 },
  });
});

test('an item that the API would refuse fails as it is priced, and the others go on', async () => {
  const scene = await openScene();
  await scene.plan([
    { key: 'refused', params: { inputs: { video: crypto.randomUUID(), audio: 'data:,' } } },
    tinyItem(2),
  ]);
  const refuse: typeof fetch = async (input, init) => {
    if (!`${init?.body}`.includes('"data:,"')) return fetch(input, init);
    const errors = [{ code: 'invalidAudio', message: 'The audio is empty.' }];
    return Response.json({ errors }, { status: 400 });
  };
  const client = clientOf(scene.mock, { fetch: refuse });
  const summary = await scene.work({ limits: { maxCost: 1 }, client });
  expect(summary).toMatchObject({ ending: 'complete', counts: { byState: { succeeded: 1 } } });
  expect(await scene.item('refused')).toMatchObject({
    state: 'failed',
    error: { code: 'invalidAudio', message: expect.stringContaining('The audio is empty.') },
    submittedAt: null,
  });
});

test('an estimate prices each planned item once, and submits nothing', async () => {
  const scene = await openScene();
  await scene.plan(5);
  const client = clientOf(scene.mock);
  const estimate = { items: 5, priced: 5, unpriced: 0, refused: 0 };
  const first = await estimateBatch(scene.database, { client });
  expect(first).toMatchObject(estimate);
  expect(first.cost).toBeCloseTo(5 * tinyCost, 6);
  expect(scene.mock.stats).toMatchObject({ submits: 0, dryRuns: 5, charged: 0 });
  expect(scene.mock.tasks).toEqual([]);
  const { requests } = scene.mock.stats;
  expect(await estimateBatch(scene.database, { client })).toEqual(first);
  expect(scene.mock.stats.requests).toBe(requests);

  await scene.work({ limits: { maxCost: 1 } });
  expect(scene.mock.stats).toMatchObject({ submits: 5, dryRuns: 5 });
});

test('an estimate counts what has no price and what would be refused', async () => {
  const scene = await openScene();
  await scene.plan(2);
  const events: WorkEvent[] = [];
  const unpriced = await estimateBatch(scene.database, {
    client: clientOf(scene.mock, { fetch: withoutPrices }),
  });
  expect(unpriced).toEqual({ items: 2, priced: 0, unpriced: 2, refused: 0, cost: 0 });
  const errors = [{ code: 'invalidVideo', message: 'It shows no face.' }];
  const refused = await estimateBatch(scene.database, {
    client: clientOf(scene.mock, { fetch: async () => Response.json({ errors }, { status: 400 }) }),
    onEvent: (event) => events.push(event),
  });
  expect(refused).toEqual({ items: 2, priced: 0, unpriced: 0, refused: 2, cost: 0 });
  expect(events).toMatchObject([{ event: 'warning' }, { event: 'warning' }]);
  expect((await scene.item()).state).toBe('planned');
});

test('an estimate of a manifest plans nothing, prices what would wait, and says what would change', async () => {
  const scene = await openScene();
  await scene.plan(2);
  await scene.work();
  await scene.plan([tinyItem(3), tinyItem(4)]);
  const before = await scene.items();
  const params = { ...tinyItem(3).params, numberResults: 2 };
  const plans: PlanSummary[] = [];
  const estimate = () =>
    estimateBatch(scene.database, {
      items: [tinyItem(1), { ...tinyItem(3), params }, tinyItem(5)],
      planOptions: { mediaRoots: [tmpdir()] },
      client: clientOf(scene.mock),
      onPlan: (summary) => plans.push(summary),
    });
  const first = await estimate();
  // Of the items 3, 4 and 5.
  expect(first).toMatchObject({ items: 3, priced: 3, cost: 4 * tinyCost });
  expect(plans).toMatchObject([{ planned: 1, changed: 1, known: 1 }]);
  // The price of an item that stays as it is may be recorded.
  const unpriced = (items: Item[]) =>
    items.map(({ estimatedCost: _, updatedAt: __, ...item }) => item);
  expect(unpriced(await scene.items())).toEqual(unpriced(before));
  expect(scene.mock.stats).toMatchObject({ submits: 2, dryRuns: 3 });
});

test('an estimate of a batch that nobody has planned leaves none, and its uploads serve the run', async () => {
  const scene = await openScene();
  const items = localItems(2);
  const planOptions = { mediaRoots: [tmpdir()] };
  const client = clientOf(scene.mock);
  await estimateBatch(scene.database, { items, planOptions, client });
  expect(await scene.items()).toEqual([]);
  expect(scene.mock.stats).toMatchObject({ uploads: 2, submits: 0 });
  await scene.plan(items);
  await scene.work();
  expect(scene.mock.stats).toMatchObject({ uploads: 2, submits: 2, succeeded: 2 });
});
