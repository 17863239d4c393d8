import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  type BatchItem,
  exportResults,
  planBatch,
  recoverLedger,
  replaceItem,
  restoreFiles,
} from '@sync3/batch';
import { expect, test } from 'vitest';
import { openFresh, ruleKinds } from '../database/fresh-database.ts';
import { clientOf, openScene, tinyItem } from '../work/scene.ts';
import { tinyCost } from '../work/tiny-media.ts';
import { startFileHost } from './file-host.ts';

test('of a job some of whose results fail the others are delivered, with the reason and the cost', async () => {
  const scene = await openScene();
  await scene.plan([tinyItem(1, { numberResults: 3 })]);
  scene.mock.faults.add({ on: 'submit', kind: 'failed-results', results: [1] });
  const { counts } = await scene.work();
  const item = await scene.item();
  expect(item).toMatchObject({
    state: 'partially-failed',
    error: {
      code: 'timeoutProvider',
      message: expect.stringContaining('The provider did not answer in time'),
    },
    actualCost: 2 * tinyCost,
  });
  expect(counts.actualCost).toBe(2 * tinyCost);
  expect(item.files.map(({ name }) => name)).toEqual(['clip-1.1of3.mp4', 'clip-1.2of3.mp4']);
  for (const { name, bytes, sha256 } of item.files) {
    const content = scene.result(name) as Buffer;
    expect(content.length).toBe(bytes);
    expect(createHash('sha256').update(content).digest('hex')).toBe(sha256);
  }
});

test.each(['row', 'errors'] as const)(
  'a job whose results all fail, told as %s, fails with the code of the API and costs nothing',
  async (form) => {
    const scene = await openScene();
    await scene.plan([tinyItem(1, { numberResults: 2 })]);
    scene.mock.faults.add({ on: 'submit', kind: 'failed-results', code: 'tooManyFaces', form });
    const { ending } = await scene.work();
    expect(ending).toBe('complete');
    expect(await scene.item()).toMatchObject({
      state: 'failed',
      error: { code: 'tooManyFaces' },
      actualCost: null,
      files: [],
    });
    expect(scene.mock.stats.charged).toBe(1);
  },
);

/** A job whose first result is told last: the first answer that has all of them says it is not ready. */
async function startWithLateResult(rows = 3) {
  const scene = await openScene();
  const host = await startFileHost(scene.mock);
  await scene.plan([tinyItem(1, { numberResults: rows })]);
  let isTold = false;
  host.rewrite = (body) => {
    const answer = JSON.parse(body);
    const [first, ...others] = answer.data ?? [];
    if (isTold || others.length < rows - 1 || first.status !== 'success') return body;
    isTold = true;
    const { taskType, taskUUID } = first;
    return JSON.stringify({ data: [{ taskType, taskUUID, status: 'processing' }, ...others] });
  };
  return { ...scene, host, client: clientOf(host) };
}

test('results are numbered in the order of the API, whichever came first', async () => {
  const scene = await startWithLateResult();
  const { client } = scene;
  await scene.work({ client });
  const inOrder = scene.mock.tasks[0]?.results.map(({ videoUUID }) => videoUUID);
  const delivered = () =>
    [1, 2, 3].map((n) => scene.result(`clip-1.${n}of3.mp4`)?.subarray(-36).toString());
  expect(delivered()).toEqual(inOrder);

  const before = await scene.item();
  rmSync(join(scene.output, 'clip-1.2of3.mp4'));
  await restoreFiles(scene.database, { outputDirectory: scene.output, client });
  expect(delivered()).toEqual(inOrder);
  expect((await scene.item()).files).toEqual(before.files);
});

test('of several results those that were placed before a worker stopped are found to be theirs', async () => {
  const scene = await startWithLateResult();
  const { host, client } = scene;
  const stop = new AbortController();
  host.answer = (_, response) => {
    if (host.asked.length === 1) return false;
    stop.abort();
    response.destroy();
    return true;
  };
  await scene.work({ client, signal: stop.signal });
  // Whether all results were known when the worker stopped depends on the pace of the machine.
  expect(await scene.item()).toMatchObject({
    state: expect.stringMatching(/^(submitted|rendered)$/),
    files: [],
  });
  expect(readdirSync(scene.output)).toHaveLength(1);
  host.answer = () => false;
  await scene.work({ client });
  expect(await scene.item()).toMatchObject({ state: 'succeeded', error: null });
});

const named = (...outputs: string[]): BatchItem => ({
  ...tinyItem(1, { numberResults: outputs.length }),
  outputs,
});

test('results that have names of their own are delivered, confirmed and restored under these', async () => {
  const scene = await openScene();
  await scene.plan([named('de/first', 'second.mp4', 'third')]);
  expect(await scene.work()).toMatchObject({ ending: 'complete', missingFiles: 0 });
  const names = ['de/first.mp4', 'second.mp4', 'third.mp4'];
  const { files } = await scene.item();
  expect(files.map(({ name }) => name)).toEqual(names);
  const delivered = () => names.map((name) => scene.result(name)?.toString('base64'));
  const before = delivered();
  expect(new Set(before)).not.toContain(undefined);
  rmSync(join(scene.output, 'second.mp4'));
  expect(await scene.work()).toMatchObject({ ending: 'complete', missingFiles: 0 });
  expect(delivered()).toEqual(before);
  const rows = join(scene.output, 'rows.csv');
  await exportResults(scene.database, rows);
  expect(readFileSync(rows, 'utf8')).toContain(`,${names.join('|')},`);
});

test('a file that has one of the names keeps the item from being paid for', async () => {
  const scene = await openScene();
  await scene.plan([named('first', 'second')]);
  mkdirSync(scene.output);
  writeFileSync(join(scene.output, 'second.mp4'), 'something else');
  await scene.work();
  expect(await scene.item()).toMatchObject({
    state: 'failed',
    error: { code: 'OutputExistsError', message: expect.stringContaining('second.mp4') },
  });
  expect(scene.mock.stats.charged).toBe(0);
});

test.for(ruleKinds)('on %s a ledger that was lost is recovered by the names', async (kind) => {
  const scene = await openScene(kind);
  const items = [named('first', 'second')];
  await scene.plan(items);
  await scene.work();
  const { database: fresh } = await openFresh(kind);
  const client = clientOf(scene.mock);
  const given = { manifest: items, outputDirectory: scene.output, client };
  expect(await recoverLedger(fresh, given)).toMatchObject({ items: 1, delivered: 1 });
});

test('the names of an item that was not submitted follow the manifest, and may be exchanged', async () => {
  const scene = await openScene();
  const plan = (...items: BatchItem[]) => planBatch(items, scene.database, { acceptChanges: true });
  const other = (...outputs: string[]) => ({ ...named(...outputs), key: 'other' });
  await plan(named('a', 'b'), other('c', 'd'));
  expect(await plan(named('a', 'b'), other('c', 'd'))).toMatchObject({ known: 2, changed: 0 });
  expect(await plan(named('a', 'd'), other('c', 'b'))).toMatchObject({ known: 0, changed: 2 });
  expect(await scene.item()).toMatchObject({ outputs: ['a.mp4', 'd.mp4'] });
  await expect(plan(named('a', 'b'))).rejects.toMatchObject({
    name: 'ManifestError',
    problems: [{ pointer: '/outputs', reason: 'The output "b.mp4" is also that of line 2.' }],
  });
  await replaceItem(scene.database, 'other', named('c', 'e'));
  expect(await plan(named('a', 'b'))).toMatchObject({ changed: 1 });
});
