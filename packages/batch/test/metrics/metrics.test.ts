import { metrics } from '@opentelemetry/api';
import { countItems, observeBatch, pauseBatch, setLimits } from '@sync3/batch';
import { expect, onTestFinished, test } from 'vitest';
import { ruleKinds } from '../database/fresh-database.ts';
import { openScene, tinyItem } from '../work/scene.ts';
import { collector } from './collect.ts';

const batch = { 'sync3.batch.name': 'default' };

test('a worker measures jobs, deliveries and requests with the meter provider that it is given', async () => {
  const scene = await openScene();
  await scene.plan(3);
  scene.mock.faults.add({
    on: 'submit',
    kind: 'failed-results',
    code: 'contentRejected',
    times: 1,
  });
  scene.mock.faults.add({ on: 'poll', kind: 'status', status: 503, times: 1 });
  const { meterProvider, points } = collector();
  await scene.work({ meterProvider });
  expect(await points('sync3.job.duration')).toEqual(
    expect.arrayContaining([
      { ...batch, 'sync3.item.state': 'succeeded', value: 2 },
      { ...batch, 'sync3.item.state': 'failed', 'error.type': 'contentRejected', value: 1 },
    ]),
  );
  expect(await points('sync3.delivery.duration')).toEqual([
    { ...batch, 'sync3.item.state': 'succeeded', value: 2 },
  ]);
  const requests = await points('sync3.request.duration');
  expect(requests).toContainEqual({
    ...batch,
    ...{ 'sync3.task.type': 'videoInference', 'http.response.status_code': 200 },
    value: expect.any(Number),
  });
  expect(requests).toContainEqual({
    ...batch,
    ...{ 'sync3.task.type': 'getResponse', 'http.response.status_code': 503, 'error.type': '503' },
    value: 1,
  });
});

test('new jobs of a rule and repeated calls are counted by their reason', async () => {
  const scene = await openScene();
  await scene.plan(1);
  const code = 'providerUnavailable';
  scene.mock.faults.add({ on: 'submit', kind: 'failed-results', code, times: 1 });
  scene.mock.faults.add({ on: 'submit', kind: 'status', status: 500, times: 1 });
  const { meterProvider, points } = collector();
  const retryRules = [{ meanings: ['server' as const], most: 1, delayMs: 0 }];
  await scene.work({ meterProvider, retryRules });
  expect(await points('sync3.job.retries')).toEqual([{ ...batch, 'error.type': code, value: 1 }]);
  expect(await points('sync3.request.retries')).toEqual([
    { ...batch, 'error.type': expect.any(String), value: 1 },
  ]);
});

test('what a server calls a code does not become a time series when it is none', async () => {
  const scene = await openScene();
  await scene.plan(1);
  const code = 'a text, of any length';
  scene.mock.faults.add({ on: 'submit', kind: 'failed-results', code, times: 1 });
  const { meterProvider, points } = collector();
  await scene.work({ meterProvider });
  expect(await points('sync3.job.duration')).toMatchObject([{ 'error.type': '_OTHER' }]);
});

test('without one, the global meter provider of the application is used', async () => {
  const scene = await openScene();
  await scene.plan(1);
  const { meterProvider, points } = collector();
  metrics.setGlobalMeterProvider(meterProvider);
  onTestFinished(() => metrics.disable());
  const end = await observeBatch(scene.database);
  onTestFinished(end);
  await scene.work();
  expect(await points('sync3.job.duration')).toHaveLength(1);
  expect(await points('sync3.batch.items')).toContainEqual({
    ...batch,
    'sync3.item.state': 'succeeded',
    value: 1,
  });
});

test.for(ruleKinds)('a batch on %s is observed as it stands at each collection', async (kind) => {
  const scene = await openScene(kind);
  await scene.plan([tinyItem(1), tinyItem(2, { outputQuality: 50 })]);
  const { meterProvider, points } = collector();
  const end = await observeBatch(scene.database, { meterProvider });
  const planned = { ...batch, 'sync3.item.state': 'planned' };
  expect(await points('sync3.batch.items')).toContainEqual({ ...planned, value: 2 });
  expect(await points('sync3.batch.cost.limit')).toEqual([]);
  await setLimits(scene.database, 'default', { maxCost: 7 });
  await scene.work();
  expect(await points('sync3.batch.items')).toContainEqual({ ...planned, value: 0 });
  expect(await points('sync3.batch.cost.limit')).toEqual([{ ...batch, value: 7 }]);
  const { actualCost } = await countItems(scene.database, 'default');
  expect(await points('sync3.batch.cost')).toEqual([
    { ...batch, 'sync3.cost.state': 'spent', value: actualCost },
    { ...batch, 'sync3.cost.state': 'uncertain', value: 0 },
    { ...batch, 'sync3.cost.state': 'reserved', value: 0 },
  ]);
  expect(await points('sync3.batch.workers')).toEqual([{ ...batch, value: 0 }]);
  const byPerson = { ...batch, 'sync3.hold.reason': 'person' };
  expect(await points('sync3.batch.held')).toContainEqual({ ...byPerson, value: 0 });
  await pauseBatch(scene.database, 'default');
  expect(await points('sync3.batch.held')).toContainEqual({ ...byPerson, value: 1 });
  end();
});
