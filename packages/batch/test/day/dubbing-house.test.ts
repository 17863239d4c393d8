import { readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Manifest, type ManifestError, planBatch, servePage } from '@sync3/batch';
import type { Page } from 'playwright-core';
import { expect, onTestFinished, test } from 'vitest';
import { temporaryFolder } from '../database/fresh-database.ts';
import { eventually, useBrowser } from '../page/browser.ts';
import { openPage } from '../page/open-page.ts';
import { sizes } from '../sizes.ts';
import { openScene, untilMet } from '../work/scene.ts';
import { spawnWorker } from '../work/spawn-worker.ts';
import { tinyVideo, tinyVoice } from '../work/tiny-media.ts';

const browser = useBrowser();

const { dubbedClips: clips } = sizes;
/** Line of the clip whose voice is broken. */
const brokenClip = 40;

/** The manifest of a dubbing house; each line of `mistakes` has its cell for the voice replaced. */
function writeManifest(folder: string, mistakes: ReadonlyMap<number, string>): string {
  const path = join(folder, 'clips.csv');
  const lines = Array.from({ length: clips }, (_, index) => {
    const number = index + 1;
    const voice = number === brokenClip ? 'broken.wav' : `voice-${number % 5}.wav`;
    return `clip-${number},face.mp4,${mistakes.get(number) ?? voice}`;
  });
  writeFileSync(path, ['key,inputs.video,inputs.audio', ...lines, ''].join('\n'));
  return path;
}

function mediaFolder(): string {
  const folder = temporaryFolder();
  writeFileSync(join(folder, 'face.mp4'), tinyVideo);
  for (const number of [0, 1, 2, 3, 4]) {
    writeFileSync(join(folder, `voice-${number}.wav`), tinyVoice(200 + 10 * number));
  }
  // As it was cut off while it was copied.
  writeFileSync(join(folder, 'broken.wav'), tinyVoice().subarray(0, 30));
  return folder;
}

/** What the page says of a state. */
const countOf = (page: Page, state: string) => async () => {
  const states = page.getByRole('list', { name: 'Items by state' });
  const text = await states.locator(`[data-state="${state}"] b`).textContent();
  return Number(text?.replaceAll(',', ''));
};

test(`${clips} clips with 10 mistakes, a broken file, a key without credits and a killed machine: from the page a person gets to ${clips} of ${clips}`, async () => {
  const folder = mediaFolder();
  const mistakes = new Map(
    Array.from(
      { length: 10 },
      (_, index) => [(index * clips) / 10 + 7, `voise-${index}.wav`] as const,
    ),
  );
  const scene = await openScene('postgres', { jobDurationMs: 200 });
  const { mock, database, where, output } = scene;

  const refused: ManifestError = await planBatch(
    new Manifest(writeManifest(folder, mistakes)),
    database,
  ).catch((error) => error);
  expect(refused.problems.map(({ line }) => line - 1)).toEqual([...mistakes.keys()]);
  expect(await scene.items()).toEqual([]);
  await planBatch(new Manifest(writeManifest(folder, new Map())), database);

  const served = await servePage(database, { outputDirectory: output });
  onTestFinished(() => served.close());
  const { page, picture } = await openPage(browser(), served.url);
  await eventually(countOf(page, 'planned')).toBe(clips);

  const options = { url: mock.url, outputDirectory: output, stay: true };
  const machines = [1, 2].map(() => spawnWorker(where, { ...options, limits: { concurrency: 8 } }));
  const [first, second] = machines as [(typeof machines)[0], (typeof machines)[0]];
  onTestFinished(() => {
    for (const { child } of machines) child.kill('SIGKILL');
  });
  await untilMet(scene, 2);
  await eventually(countOf(page, 'succeeded')).toBeGreaterThan(clips / 8);

  // The account runs out of credits; somebody tops it up, and says so on the page.
  mock.faults.add({ on: 'submit', kind: 'status', status: 402, times: 1_000_000 });
  const held = page.getByRole('region', { name: 'The batch is held' });
  await held.waitFor();
  await picture('day-held');
  mock.faults.clear();
  await held.getByRole('button', { name: 'Resume' }).click();
  await eventually(() => held.count()).toBe(0);

  // A machine dies with its jobs under way; the other takes them over.
  await eventually(countOf(page, 'succeeded')).toBeGreaterThan(clips / 3);
  first.child.kill('SIGKILL');
  await eventually(() => page.getByText('1 alive').isVisible()).toBe(true);

  // The clip whose file is broken is found, its file replaced, and the clip tried again.
  await eventually(countOf(page, 'succeeded')).toBe(clips - 1);
  await page.getByRole('button', { name: /^failed 1$/ }).click();
  const rows = page.getByRole('listbox').getByRole('option');
  await eventually(() => rows.count()).toBe(1);
  await rows.first().click();
  await page.getByRole('heading', { name: `clip-${brokenClip}` }).waitFor();
  await page.getByText(join(folder, 'broken.wav')).waitFor();
  await picture('day-broken');
  writeFileSync(join(folder, 'broken.wav'), tinyVoice(300));
  await page.getByRole('button', { name: 'Retry', exact: true }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Retry' }).click();
  await eventually(countOf(page, 'succeeded')).toBe(clips);
  await picture('day-over');

  second.child.kill('SIGTERM');
  await second.end;
  expect(readdirSync(output)).toHaveLength(clips);
  const accepted = mock.tasks.map(({ taskUUID }) => taskUUID);
  expect(new Set(accepted).size).toBe(accepted.length);
  expect(mock.stats.succeeded).toBe(clips);
  rmSync(folder, { recursive: true });
});
