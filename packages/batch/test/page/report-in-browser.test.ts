import { copyFileSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { type Database, planBatch } from '@sync3/batch';
import type { Locator } from 'playwright-core';
import { expect, test } from 'vitest';
import { openFresh, temporaryFolder } from '../database/fresh-database.ts';
import { clip, clips } from '../plan/clips.ts';
import { eventually, playback, useBrowser } from './browser.ts';
import { delivered, planItems, tell } from './ledger-items.ts';
import { openPage } from './open-page.ts';
import { saveReport } from './saved-report.ts';

const face = fileURLToPath(new URL('../../../../examples/media/face.mp4', import.meta.url));
const browser = useBrowser();

/** Brings an element to the top of what is in view. */
async function scrollTo(element: Locator): Promise<void> {
  await element.evaluate((node) =>
    (node as unknown as { scrollIntoView(): void }).scrollIntoView(),
  );
}

/** A batch of so many clips that are done, each with a video on disk, and some that are not. */
async function reportOfVideos(database: Database, count: number) {
  const folder = temporaryFolder();
  const outputDirectory = join(folder, 'output');
  mkdirSync(outputDirectory);
  await planItems(database, [
    ...clips(count).map(({ key }, index) => {
      const name = `${key} #%?.mp4`;
      copyFileSync(face, join(outputDirectory, name));
      return {
        state: 'succeeded' as const,
        submitted: index,
        rendered: index + 2 + (index % 7) / 3,
        settled: 2 * index + 5,
        cost: 0.05 + (index % 5) / 100,
        files: [delivered(name)],
      };
    }),
    { state: 'succeeded', submitted: 1, settled: 200, files: [delivered('gone.mp4')] },
    ...clips(4).map((_, index) => ({
      state: 'failed' as const,
      submitted: 2,
      settled: 30 + 20 * index,
      error: { code: 'invalidVideo', message: 'There is no face in the video.' },
    })),
    { state: 'ambiguous', error: { code: 'TimeoutError', message: 'No answer came in 60 s.' } },
    { state: 'planned', estimate: 0.1 },
  ]);
  return saveReport(database, {
    path: join(folder, 'report.html'),
    outputDirectory,
    retryCommand: 'sync3 batch run --retry-failed -o output',
  });
}

test('a video is loaded while it is in view, and not before or after', async () => {
  const { database } = await openFresh('postgres');
  const { path } = await reportOfVideos(database, 60);
  const { page, asked, picture } = await openPage(browser(), pathToFileURL(path).href);
  // The newest is first; it stands below what is in view.
  const newest = page.getByLabel('Result of clip-60', { exact: true });
  const oldest = page.getByLabel('Result of clip-1', { exact: true });
  await eventually(() => page.getByRole('button', { name: 'Copy' }).isVisible()).toBe(true);
  expect(await page.locator('video').count()).toBe(60);
  expect(await page.locator('video[src]').count()).toBe(0);
  expect(asked).toEqual([]);
  await picture('report');

  await scrollTo(page.getByRole('heading', { name: '4 failures' }));
  await picture('report-failures');
  await scrollTo(page.getByRole('heading', { name: 'results' }));
  await eventually(() => playback(newest)).toMatchObject({ hasPicture: true, paused: true });
  expect(asked).toContain('clip-60%20%23%25%3F.mp4');
  expect(asked).not.toContain('clip-1%20%23%25%3F.mp4');
  expect(await oldest.getAttribute('src')).toBeNull();
  await picture('report-results');

  await oldest.scrollIntoViewIfNeeded();
  await eventually(() => playback(oldest)).toMatchObject({ hasPicture: true });
  await eventually(() => newest.getAttribute('src')).toBeNull();
  expect(await playback(newest)).toMatchObject({ hasPicture: false });
});

test('a video plays under the pointer, with the focus, and stops on Enter', async () => {
  const { database } = await openFresh('postgres');
  const { path } = await reportOfVideos(database, 3);
  const { page } = await openPage(browser(), pathToFileURL(path).href);
  const [first, second] = [
    page.getByLabel('Result of clip-3', { exact: true }),
    page.getByLabel('Result of clip-2', { exact: true }),
  ];
  await first.hover();
  await eventually(async () => (await playback(first)).currentTime).toBeGreaterThan(0.3);
  expect(await playback(first)).toMatchObject({ paused: false, muted: true, controls: true });
  await second.hover();
  await eventually(() => playback(first)).toMatchObject({ paused: true, controls: false });
  await page.mouse.move(0, 0);

  await second.focus();
  await eventually(() => playback(second)).toMatchObject({ paused: false, controls: true });
  await page.keyboard.press('Enter');
  await eventually(() => playback(second)).toMatchObject({ paused: true, controls: true });
  await page.keyboard.press('Enter');
  await eventually(() => playback(second)).toMatchObject({ paused: false });
  await page.getByRole('link', { name: 'clip-2' }).focus();
  await eventually(() => playback(second)).toMatchObject({ paused: true, controls: false });
});

test('who wants less motion has it only on Enter', async () => {
  const { database } = await openFresh('postgres');
  const { path } = await reportOfVideos(database, 1);
  const { page } = await openPage(browser(), pathToFileURL(path).href, { reducedMotion: 'reduce' });
  const video = page.getByLabel('Result of clip-1', { exact: true });
  await video.focus();
  await eventually(() => playback(video)).toMatchObject({ hasPicture: true, controls: true });
  expect(await playback(video)).toMatchObject({ paused: true });
  await page.keyboard.press('Enter');
  await eventually(() => playback(video)).toMatchObject({ paused: false });
});

test('the command that tries again can be copied', async () => {
  const { database } = await openFresh('postgres');
  const { path } = await reportOfVideos(database, 1);
  const { page } = await openPage(browser(), pathToFileURL(path).href, {
    permissions: ['clipboard-read', 'clipboard-write'],
  });
  await page.getByRole('button', { name: 'Copy' }).press('Enter');
  await eventually(() => page.locator('output').textContent()).toBe('Copied.');
  const copied = await page.evaluate('navigator.clipboard.readText()');
  expect(copied).toBe('sync3 batch run --retry-failed -o output');
});

test('texts that are markup, links or scripts are only shown', async () => {
  const { database } = await openFresh('postgres');
  const hostile = [
    '<script>alert(1)</script>',
    '"><img src=x onerror=alert(2)>',
    "' onmouseover='alert(3)' autofocus onfocus=alert(3) x='",
    '</title></style></script></svg><svg onload=alert(4)>',
    'javascript:alert(5)',
    '&lt;b&gt; &amp; ]]> <!-- `',
    '\u202egnp.exe <base href="https://example.com/">',
  ];
  const name = '</title><script>alert(0)</script>';
  await planBatch(
    hostile.map((key, index) => ({ ...clip(index), key, output: `clip-${index}` })),
    database,
    { batch: name },
  );
  await database.query('update sync3.plan set source = $1', [hostile.join(' ')]);
  const folder = temporaryFolder();
  const outputDirectory = join(folder, `${hostile[1]} "'`);
  const states = ['failed', 'ambiguous', 'partially-failed', 'submitted'] as const;
  mkdirSync(outputDirectory);
  for (const [index, key] of hostile.entries()) {
    const file = key.replaceAll('/', '-');
    copyFileSync(face, join(outputDirectory, file));
    await tell(database, key, {
      state: states[index % states.length] ?? 'failed',
      submitted: 1,
      settled: 2 + index,
      error: { code: key, message: hostile.join('\n') },
      files: [delivered(file), delivered(key), delivered(`../${key}`)],
    });
  }
  const { path, markup } = await saveReport(database, {
    batch: name,
    path: join(folder, 'report.html'),
    outputDirectory,
    retryCommand: hostile.join(' '),
  });
  expect(markup.match(/<script|<\/script|<style|<\/style|<svg/g)).toHaveLength(6);
  expect(markup).not.toMatch(/<(img|base)/);

  const { page } = await openPage(browser(), pathToFileURL(path).href);
  expect(await page.title()).toBe(`Batch ${name}`);
  expect(await page.locator('h1').textContent()).toBe(`Batch ${name}`);
  for (const details of await page.locator('details:not([open]) > summary').all()) {
    await details.click();
  }
  for (const key of hostile) {
    await page.locator('.keys code').getByText(key, { exact: true }).waitFor();
    const video = page.getByLabel(`Result 1 of 3 of ${key}`, { exact: true });
    await video.scrollIntoViewIfNeeded();
    await eventually(() => playback(video)).toMatchObject({ hasPicture: true });
    await video.hover();
    await video.focus();
  }
  const attributes = await page.evaluate(
    `[...document.querySelectorAll('*')].flatMap((node) => node.getAttributeNames()).filter((name) => name.startsWith('on'))`,
  );
  expect(attributes).toEqual([]);
  const protocols = await page.evaluate(
    `[...new Set([...document.links].map(({ protocol }) => protocol))]`,
  );
  expect(protocols).toEqual(['file:']);
});

test('a script that got in would not run', async () => {
  const { database } = await openFresh('postgres');
  const { path, markup } = await reportOfVideos(database, 1);
  const [, policy = ''] = /content="(default-src.*?)"/.exec(markup) ?? [];
  expect(policy).not.toMatch(/unsafe|https?:|data:|\*/);
  const blocked = await browser().newContext();
  const page = await blocked.newPage();
  const violations: string[] = [];
  page.on('console', (message) => violations.push(message.text()));
  const intruder =
    '<script>document.title = "run"</script><img src="x" onerror="document.title = 1">';
  await page.route('**/report.html', (route) =>
    route.fulfill({
      body: markup.replace('<body>', `<body>${intruder}`),
      contentType: 'text/html',
    }),
  );
  await page.goto(`file://${path}`);
  await eventually(() => violations.length).toBeGreaterThanOrEqual(3);
  expect(await page.title()).toBe('Batch default');
  await blocked.close();
});
