import { createHash } from 'node:crypto';
import { readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { planBatch, restoreFiles, type WorkEvent } from '@sync3/batch';
import { expect, test, vi } from 'vitest';
import { readS3Settings } from '../../src/deliver/s3-settings.ts';
import { findItems } from '../../src/ledger/item.ts';
import { openFresh, temporaryFolder } from '../database/fresh-database.ts';
import { clientOf, openScene, tinyItem, until } from '../work/scene.ts';
import { hurry } from './hurry.ts';
import { openStore } from './s3-store.ts';

const environment = { AWS_ACCESS_KEY_ID: 'id', AWS_SECRET_ACCESS_KEY: 'secret' };

/** A scene whose results go to a store. */
async function openStoreScene() {
  hurry();
  const store = await openStore();
  const scene = await openScene();
  const work: typeof scene.work = (options) =>
    scene.work({ outputDirectory: store.location, ...options });
  return { ...scene, store, work };
}

test('results are uploaded with a checksum and recorded; another run uploads nothing', async () => {
  const scene = await openStoreScene();
  vi.stubEnv('TMPDIR', temporaryFolder());
  await scene.plan([
    { ...tinyItem(1), output: 'de/clip é+1 (a)' },
    tinyItem(2, { numberResults: 2 }),
  ]);
  expect(await scene.work()).toMatchObject({ ending: 'complete', missingFiles: 0 });
  const files = (await scene.items()).flatMap((item) => item.files);
  expect(files.map(({ name }) => name)).toEqual([
    ...['de/clip é+1 (a).mp4', 'clip-2.1of2.mp4', 'clip-2.2of2.mp4'],
  ]);
  for (const { name, bytes, sha256 } of files) {
    const key = ['dubbed', ...name.split('/').map(encodeURIComponent)].join('/');
    const content = await scene.store.get(key);
    expect(content?.length).toBe(bytes);
    expect(
      createHash('sha256')
        .update(content ?? '')
        .digest('hex'),
    ).toBe(sha256);
  }
  expect(readdirSync(tmpdir())).toEqual([]);
  scene.store.asked.length = 0;
  await scene.work();
  expect(scene.store.asked.filter((line) => line.startsWith('PUT'))).toEqual([]);
});

test('an object that is none of the batch stays, and its item is not submitted', async () => {
  const scene = await openStoreScene();
  await scene.plan(1);
  await scene.store.put('dubbed/clip-1.mp4', 'of somebody else');
  await scene.work();
  expect(await scene.item()).toMatchObject({
    state: 'failed',
    error: { code: 'OutputExistsError', message: expect.stringContaining('s3://results/dubbed') },
  });
  expect(scene.mock.stats.submits).toBe(0);
});

test('an object that appears between the look and the upload is not replaced', async () => {
  const scene = await openStoreScene();
  await scene.plan(1);
  scene.store.answer = async ({ method }) => {
    if (method === 'PUT') await scene.store.put('dubbed/clip-1.mp4', 'of somebody else');
    return undefined;
  };
  await scene.work();
  expect(await scene.item()).toMatchObject({
    settledAt: null,
    error: { code: 'OutputExistsError' },
  });
  expect(`${await scene.store.get('dubbed/clip-1.mp4')}`).toBe('of somebody else');
});

const isProgress = ({ event }: WorkEvent) => event === 'progress';

test('while the store is down nothing is submitted; then every result is delivered', async () => {
  const scene = await openStoreScene();
  await scene.plan(4);
  scene.store.answer = () => 503;
  const working = scene.work({ limits: { concurrency: 2 } });
  await until(() => scene.events.some(({ event }) => event === 'paused'));
  expect(scene.mock.stats.submits).toBe(0);
  scene.store.answer = () => undefined;
  expect(await working).toMatchObject({ counts: { byState: { succeeded: 4 } } });
  expect(scene.mock.stats).toMatchObject({ submits: 4, charged: 4 });
});

test('while the store refuses uploads no further job is begun; then every result is delivered', async () => {
  const scene = await openStoreScene();
  await scene.plan(12);
  scene.store.answer = ({ method }) => (method === 'PUT' ? 403 : undefined);
  const working = scene.work({ limits: { concurrency: 2 } });
  await until(() => scene.events.some(({ event }) => event === 'paused'));
  const begun = scene.mock.tasks.length;
  const told = scene.events.filter(isProgress).length;
  await until(() => scene.events.filter(isProgress).length >= told + 2);
  // What was on its way may still have arrived.
  expect(scene.mock.tasks.length).toBeLessThanOrEqual(begun + 2);
  scene.store.answer = () => undefined;
  expect(await working).toMatchObject({ counts: { byState: { succeeded: 12 } } });
  const pauses = scene.events.filter(({ event }) => event === 'paused' || event === 'resumed');
  expect(pauses[0]).toMatchObject({ event: 'paused', reason: 'output' });
  expect(pauses.at(-1)).toMatchObject({ event: 'resumed', reason: 'output' });
  expect(scene.mock.stats).toMatchObject({ submits: 12, charged: 12 });
});

test('objects that are gone or changed are uploaded again; a lost ledger takes those that are there', async () => {
  const scene = await openStoreScene();
  await scene.plan(3);
  await scene.work();
  await scene.store.remove('dubbed/clip-1.mp4');
  await scene.store.put('dubbed/clip-2.mp4', 'changed');
  const summary = await restoreFiles(scene.database, {
    outputDirectory: scene.store.location,
    client: clientOf(scene.mock),
  });
  expect(summary).toEqual({ checked: 3, restored: 2, lost: 0 });
  const { database } = await openFresh('postgres');
  await planBatch([tinyItem(1), tinyItem(2), tinyItem(3)], database);
  await scene.workOn(database, { outputDirectory: scene.store.location });
  const items = await findItems(database, 'true order by id');
  expect(items.map(({ files }) => files)).toEqual((await scene.items()).map(({ files }) => files));
  expect(scene.mock.stats).toMatchObject({ submits: 3, charged: 3 });
});

test('credentials that the store refuses are an error before anything is submitted, and not repeated', async () => {
  const scene = await openStoreScene();
  await scene.plan(1);
  vi.stubEnv('AWS_ACCESS_KEY_ID', 'WRONGID');
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'wrong-secret');
  const error: Error = await scene.work().catch((thrown) => thrown);
  expect(error).toMatchObject({ name: 'BatchError', message: expect.stringContaining('HTTP 403') });
  expect(`${error.message}${error.stack}`).not.toMatch(/WRONGID|wrong-secret/);
  const told: readonly WorkEvent[] = scene.events;
  expect(JSON.stringify(told)).not.toMatch(/WRONGID|wrong-secret/);
  expect(scene.mock.stats.requests).toBe(0);
});

test.each([
  ['s3://results', {}, 'https://results.s3.us-east-1.amazonaws.com', []],
  [
    's3://re.sults/a//b/',
    { AWS_REGION: 'eu-central-1' },
    'https://s3.eu-central-1.amazonaws.com/re.sults',
    ['a', 'b'],
  ],
  [
    's3://results/a',
    { AWS_ENDPOINT_URL: 'https://s3.example.com/' },
    'https://s3.example.com/results',
    ['a'],
  ],
])('%s is a bucket, with %j', (location, more, url, prefix) => {
  expect(readS3Settings(location, { ...environment, ...more })).toMatchObject({ url, prefix });
});

test.each([
  ['s3://', environment, 'names no bucket'],
  ['s3://results/../other', environment, 'names no bucket'],
  ['s3://results', {}, 'AWS_ACCESS_KEY_ID'],
  [
    's3://results',
    { ...environment, AWS_ENDPOINT_URL_S3: 'https://id:secret@host' },
    'not the address',
  ],
])('%s with %j is refused', (location, given, message) => {
  const read = () => readS3Settings(location, given);
  expect(read).toThrow(message);
  expect(read).not.toThrow(/secret/);
});
