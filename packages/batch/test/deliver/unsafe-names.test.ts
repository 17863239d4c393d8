import { existsSync, mkdirSync, readdirSync, rmSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { restoreFiles } from '@sync3/batch';
import { expect, test } from 'vitest';
import { ruleKinds, temporaryFolder } from '../database/fresh-database.ts';
import { clientOf, openScene, type Scene, tinyItem } from '../work/scene.ts';

/** Gives an item another name, as whoever may write to the database can. */
async function rename({ database }: Scene, output: string): Promise<void> {
  await database.query('update sync3.item set output = $1', [output]);
}

const unsafe = [
  '../../evil.mp4',
  '/tmp/evil.mp4',
  'a/../../evil.mp4',
  '..\\evil.mp4',
  'a//b.mp4',
  'nul\u0001.mp4',
];

test.each(unsafe)('an item with the name %j is not submitted', async (name) => {
  const scene = await openScene();
  await scene.plan(1);
  await rename(scene, name);
  await scene.work();
  expect(await scene.item()).toMatchObject({
    state: 'failed',
    error: { code: 'UnsafeOutputError' },
  });
  expect(scene.mock.stats.submits).toBe(0);
  expect(readdirSync(scene.output)).toEqual([]);
});

test.each(ruleKinds)(
  'on %s a name that has changed since the submit is refused, and the result is kept',
  async (kind) => {
    const scene = await openScene(kind);
    await scene.plan(1);
    await scene.work();
    await scene.database.query(
      `update sync3.item set state = 'submitted', settled_at = null, rendered_at = null, files = '[]'`,
    );
    await rename(scene, '../evil.mp4');
    await scene.work();
    expect(await scene.item()).toMatchObject({
      error: { code: 'UnsafeOutputError' },
      settledAt: null,
    });
    expect(existsSync(join(scene.output, '..', 'evil.mp4'))).toBe(false);
    await rename(scene, 'good.mp4');
    await scene.work();
    expect(await scene.item()).toMatchObject({ state: 'succeeded', error: null });
    expect(scene.mock.stats.charged).toBe(1);
  },
);

test('a folder in the output folder that is a link to elsewhere is not written through', async () => {
  const scene = await openScene();
  await scene.plan([{ ...tinyItem(1), output: 'de/clip-1' }]);
  const outside = temporaryFolder();
  mkdirSync(scene.output, { recursive: true });
  symlinkSync(outside, join(scene.output, 'de'));
  await scene.work();
  expect(await scene.item()).toMatchObject({
    state: 'failed',
    error: { code: 'UnsafeOutputError', message: expect.stringContaining('de/clip-1.mp4') },
  });
  expect(readdirSync(outside)).toEqual([]);
  expect(scene.mock.stats.submits).toBe(0);
});

test('an output folder that is itself a link is written to', async () => {
  const scene = await openScene();
  await scene.plan([{ ...tinyItem(1), output: 'de/clip-1' }]);
  const target = temporaryFolder();
  symlinkSync(target, scene.output);
  await scene.work();
  expect(await scene.item()).toMatchObject({ state: 'succeeded' });
  expect(readdirSync(join(target, 'de'))).toEqual(['clip-1.mp4']);
});

test('a restore writes nothing outside, and tells of the item', async () => {
  const scene = await openScene();
  await scene.plan([{ ...tinyItem(1), output: 'de/clip-1' }]);
  await scene.work();
  const outside = temporaryFolder();
  rmSync(join(scene.output, 'de'), { recursive: true });
  symlinkSync(outside, join(scene.output, 'de'));
  const told: unknown[] = [];
  const summary = await restoreFiles(scene.database, {
    outputDirectory: scene.output,
    client: clientOf(scene.mock),
    onEvent: (event) => told.push(event),
  });
  expect(summary).toEqual({ checked: 1, restored: 0, lost: 1 });
  expect(told).toMatchObject([{ event: 'warning', key: 'clip-1' }]);
  expect(readdirSync(outside)).toEqual([]);
});
