import { servePage } from '@sync3/batch';
import type { Page } from 'playwright-core';
import { expect, onTestFinished, test } from 'vitest';
import { openFresh, temporaryFolder } from '../database/fresh-database.ts';
import { openScene, tinyItem } from '../work/scene.ts';
import { eventually, playback, useBrowser } from './browser.ts';
import { planItems, type Told } from './ledger-items.ts';
import { openPage } from './open-page.ts';

const browser = useBrowser();

/** The number beside a state under the bar. */
const countOf = async (page: Page, state: string) =>
  Number(
    (
      await page
        .getByRole('list', { name: 'Items by state' })
        .locator(`[data-state="${state}"] b`)
        .textContent()
    )?.replaceAll(',', ''),
  );

/** The rows of the list that are drawn. */
const rowsOf = (page: Page) => page.getByRole('listbox').getByRole('option');

/** A live page of items that nobody works on. */
async function openQuiet(told: readonly Told[], options: Parameters<typeof openPage>[2] = {}) {
  const { database } = await openFresh('postgres');
  await planItems(database, told);
  const served = await servePage(database, { outputDirectory: temporaryFolder() });
  onTestFinished(() => served.close());
  return { database, ...(await openPage(browser(), served.url, options)) };
}

const failure = { code: 'invalidVideo', message: 'There is no face in the video.' };
const someItems: Told[] = [
  { state: 'succeeded', submitted: 0, rendered: 1, settled: 2, cost: 9800 },
  { state: 'failed', submitted: 0, settled: 3, estimate: 0.1, error: failure },
  { state: 'ambiguous', error: { code: 'TimeoutError', message: 'No answer came in 60 s.' } },
  { state: 'planned', estimate: 9000 },
];

test('a person watches a worker, retries what failed, plays a result, pauses and resumes', async () => {
  const scene = await openScene('postgres', { jobDurationMs: 300 });
  await scene.plan(6);
  scene.mock.faults.add({ on: 'submit', kind: 'failed-results' });
  const served = await servePage(scene.database, { outputDirectory: scene.output });
  onTestFinished(() => served.close());
  const { page, picture } = await openPage(browser(), served.url);
  await eventually(() => countOf(page, 'planned')).toBe(6);

  const stop = new AbortController();
  const working = scene.work({ stay: true, signal: stop.signal, limits: { concurrency: 2 } });
  const progress = page.getByRole('progressbar', { name: 'Settled items' });
  await eventually(async () => Number(await progress.getAttribute('aria-valuenow'))).toBe(6);
  await eventually(() => page.getByText('1 alive').isVisible()).toBe(true);
  await eventually(() => countOf(page, 'failed')).toBe(1);

  await page.getByRole('button', { name: /^failed 1$/ }).click();
  const items = rowsOf(page);
  await eventually(() => items.count()).toBe(1);
  await items.first().click();
  const life = page.locator('.life li');
  await eventually(() => life.allTextContents()).toContainEqual(expect.stringMatching(/^failed/));
  await page.getByRole('button', { name: 'Retry', exact: true }).click();
  await picture('live-retry');
  await page.getByRole('dialog').getByRole('button', { name: 'Retry' }).click();
  await eventually(() => page.getByRole('status').allTextContents()).toContainEqual(
    expect.stringContaining('Planned again as new jobs: 1 item'),
  );
  await eventually(() => countOf(page, 'succeeded')).toBe(6);
  // The open life goes on as the new job does.
  await eventually(() => page.locator('.stands b').textContent()).toBe('succeeded');

  const video = page.getByRole('list').getByLabel('Result of clip-1', { exact: true });
  await video.scrollIntoViewIfNeeded();
  await video.hover();
  await eventually(async () => (await playback(video)).currentTime).toBeGreaterThan(0.2);
  await picture('live-results');

  await page.getByRole('button', { name: 'Pause' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Pause' }).click();
  const resume = page.getByRole('button', { name: 'Resume' });
  await eventually(() => resume.isVisible()).toBe(true);
  await scene.plan([tinyItem(7), tinyItem(8)]);
  await eventually(() => countOf(page, 'planned')).toBe(2);
  const { submits } = scene.mock.stats;
  await resume.click();
  await eventually(() => countOf(page, 'succeeded')).toBe(8);
  expect(scene.mock.stats.submits).toBe(submits + 2);
  await eventually(() => resume.isVisible()).toBe(false);
  stop.abort();
  await working;
});

test('all is done with the keys alone, and everything has a name', async () => {
  const { page, database } = await openQuiet(someItems);
  const list = 'Items in the order of planning';
  await eventually(() => rowsOf(page).count()).toBe(4);
  await page.keyboard.press('/');
  await page.keyboard.type('CLIP-2');
  await eventually(() => rowsOf(page).count()).toBe(1);
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Home');
  await page.keyboard.press('Enter');
  const heading = page.getByRole('heading', { name: 'clip-2' });
  const focus = page.locator(':focus');
  await eventually(() => focus.textContent()).toBe('clip-2');
  await page.keyboard.press('Escape');
  await eventually(() => heading.count()).toBe(0);
  await eventually(() => focus.getAttribute('aria-label')).toBe(list);

  // A question that is not answered changes nothing, and gives the focus back.
  await page.keyboard.press('r');
  await page.getByRole('dialog', { name: 'Retry "clip-2"?' }).waitFor();
  await page.keyboard.press('Escape');
  await eventually(() => page.getByRole('dialog').count()).toBe(0);
  await eventually(() => focus.getAttribute('aria-label')).toBe(list);
  const states = 'select state from sync3.item order by id';
  expect(await database.query(states)).toMatchObject([{}, { state: 'failed' }, {}, {}]);
  await page.keyboard.press('r');
  await page.getByRole('dialog').waitFor();
  await page.keyboard.press('Tab');
  await page.keyboard.press('Shift+Tab');
  await page.keyboard.press('Enter');
  await eventually(() => database.query(states)).toMatchObject([{}, { state: 'planned' }, {}, {}]);

  await page.keyboard.press('?');
  await page.getByRole('dialog', { name: 'Keys' }).waitFor();
  await page.keyboard.press('Escape');
  const nameless = await page.evaluate(
    `[...document.querySelectorAll('button, a[href], input, select, [role=listbox], video')]
      .filter((node) => !(node.textContent.trim() || node.ariaLabel || node.labels?.length)).length`,
  );
  expect(nameless).toBe(0);
});

test('on a phone nothing is cut off, and an item fills the screen', async () => {
  const { page, picture } = await openQuiet(someItems, { viewport: { width: 390, height: 844 } });
  await eventually(() => rowsOf(page).count()).toBe(4);
  // What was cut off in the picture of the report.
  await eventually(() => page.locator('.plot text').allTextContents()).toContain('$10,000.00');
  const outside = () =>
    page.evaluate(
      `[...document.querySelectorAll('main *:not(.unseen), header *')].filter((node) => {
        const { left, right, width } = node.getBoundingClientRect();
        const frame = node.closest('svg')?.getBoundingClientRect() ?? { left: 0, right: innerWidth };
        return width > 0 && (left < frame.left - 1 || right > frame.right + 1);
      }).map((node) => node.outerHTML.slice(0, 80))`,
    );
  expect(await outside()).toEqual([]);
  await picture('live-phone');
  await rowsOf(page).nth(1).click();
  const detail = page.getByRole('region', { name: 'clip-2' });
  await eventually(async () => (await detail.boundingBox())?.width).toBe(390);
  expect(await outside()).toEqual([]);
  await picture('live-phone-item');
  await page.getByRole('button', { name: 'Close the item' }).click();
  await eventually(() => detail.count()).toBe(0);
});

test('a hundred thousand items are listed, filtered and searched, of which few are drawn', async () => {
  const { page, database } = await openQuiet([{ state: 'planned' }]);
  await database.query(
    `insert into sync3.item (batch_id, plan_id, line, key, payload_hash, task_uuid, parameters,
      media, output, output_folded, state, settled_at, submitted_at, error)
    select batch_id, plan_id, n, 'clip-' || n, payload_hash, gen_random_uuid(), parameters, media,
      'clip-' || n, 'clip-' || n,
      case when n % 1000 = 0 then 'failed' else 'succeeded' end, now(), now(),
      case when n % 1000 = 0 then '{"code":"wrong","message":"It is wrong."}'::json end
    from sync3.item, generate_series(2, 100000) as n`,
  );
  await eventually(() => countOf(page, 'succeeded')).toBe(99_899);
  const list = page.getByRole('listbox');
  const chosen = page.locator('[role=option][aria-selected=true]');
  await list.focus();
  await eventually(async () => {
    await page.keyboard.press('End');
    return chosen.getAttribute('aria-posinset');
  }).toBe('100000');
  await eventually(() => chosen.textContent()).toContain('clip-100000');
  expect(await rowsOf(page).count()).toBeLessThan(40);
  await page.getByRole('combobox', { name: 'State' }).selectOption('failed');
  await eventually(() => rowsOf(page).first().textContent()).toContain('clip-1000');
  await page.getByRole('searchbox').fill('clip-99000');
  await eventually(() => rowsOf(page).count()).toBe(1);
});
