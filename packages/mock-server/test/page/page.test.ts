import { type Browser, chromium, type Locator } from 'playwright-core';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { addLoopAndTemperature, startWithDocument } from '../api/changed-document.js';
import { createClock, getResponse, job, settled, start, storeSample } from '../api/start.js';
import { freePort } from '../free-port.js';
import { findChromium } from './find-chromium.js';
import { openPage } from './open-page.js';

let browser: Browser;

beforeAll(async () => {
  browser = await chromium.launch({
    executablePath: findChromium(),
    args: ['--autoplay-policy=no-user-gesture-required'],
  });
});

afterAll(async () => {
  await browser.close();
});

/** Whether an element has the focus. */
const hasFocus = (locator: Locator) => locator.evaluate((node) => node.matches(':focus'));

/** How far a video element is. */
const playback = (locator: Locator) =>
  locator.evaluate((node) => {
    const { currentTime, muted, paused, readyState } = node as unknown as Playback;
    return { currentTime, muted, paused, readyState };
  });

interface Playback {
  /** In seconds. */
  currentTime: number;
  muted: boolean;
  paused: boolean;
  /** 2 and more: there is a picture. */
  readyState: number;
}

test('a page that was stored as media runs no script beside this one', async () => {
  const { post } = await start();
  const html = Buffer.from('<title>safe</title><script>document.title = "run"</script>');
  const media = `data:text/html;base64,${html.toString('base64')}`;
  const task = { taskType: 'mediaStorage', taskUUID: crypto.randomUUID(), operation: 'upload' };
  const { body } = await post([{ ...task, media }]);
  const context = await browser.newContext();
  onTestFinished(() => context.close());
  const page = await context.newPage();
  await page.goto(body.data[0].mediaURL);
  expect(await page.title()).toBe('safe');
});

test('a job can be followed from submit to the playing video by keyboard only', async () => {
  const clock = createClock();
  const { mock, post } = await start({ jobDurationMs: 60_000, now: clock.now });
  const media = await storeSample(post);
  const { page, picture } = await openPage(browser, mock.url);
  const task = job({ inputs: media, numberResults: 2 });
  await post([task]);
  const row = page.getByRole('option', { name: task.taskUUID.slice(0, 8) });
  await row.getByText('processing').waitFor();
  await page.keyboard.press('Escape');
  await page.keyboard.press('ArrowDown');
  await expect.poll(() => row.getAttribute('aria-selected')).toBe('true');
  await page.getByRole('main').getByText('Being made').waitFor();
  clock.advance(60_000);
  await settled(post, task.taskUUID);
  await row.getByText('success').waitFor();
  await picture('list');

  await page.keyboard.press('Enter');
  const heading = page.getByRole('heading', { name: task.taskUUID });
  await expect.poll(() => hasFocus(heading)).toBe(true);
  const [input, output] = [page.getByLabel('Input'), page.getByLabel('Result', { exact: true })];
  await output.waitFor();
  await page.keyboard.press('Tab');
  expect(await hasFocus(page.getByRole('button', { name: 'Play both' }))).toBe(true);
  await page.keyboard.press('Enter');
  for (const video of [input, output]) {
    await expect.poll(async () => (await playback(video)).currentTime).toBeGreaterThan(0.2);
    expect((await playback(video)).readyState).toBeGreaterThanOrEqual(2);
  }
  expect([(await playback(input)).muted, (await playback(output)).muted]).toEqual([true, false]);
  await picture('task');
  await page.keyboard.press('Enter');
  await expect.poll(async () => (await playback(output)).paused).toBe(true);

  // What changes elsewhere leaves the players as they are.
  const { currentTime } = await playback(output);
  await post([{ ...task, model: undefined }]);
  await page.getByRole('main').getByText('Submit: missingParameter').waitFor();
  expect((await playback(output)).currentTime).toBe(currentTime);

  await page.keyboard.press('Escape');
  await expect.poll(() => hasFocus(page.getByRole('listbox'))).toBe(true);
});

test('a result that settles leaves the player of another as it is', async () => {
  const clock = createClock();
  const { mock, post } = await start({ now: clock.now, jobDurationMs: [1, 1_000_000] });
  const media = await storeSample(post);
  const { page } = await openPage(browser, mock.url);
  const task = job({ inputs: media, numberResults: 6 });
  await post([task]);
  const readyAt = mock.tasks[0]?.results.map((result) => result.readyAt) ?? [];
  clock.advance(Math.min(...readyAt) - clock.now());
  await expect
    .poll(async () => (await post([getResponse(task.taskUUID)])).body.data)
    .toContainEqual(expect.objectContaining({ status: 'success' }));
  await page.getByRole('option', { name: '6 results' }).click();
  const player = page.getByLabel('Result', { exact: true });
  await player.waitFor();
  const results = page.getByLabel('Result to show').getByRole('option');
  expect(await results.count()).toBeLessThan(6);
  await player.evaluate((node) => node.setAttribute('data-is-first', ''));
  clock.advance(1_000_000);
  await settled(post, task.taskUUID);
  await expect.poll(() => results.count()).toBe(6);
  expect(await player.getAttribute('data-is-first')).toBe('');
});

test('a refused request shows what Prism found, at its place', async () => {
  const { mock, post } = await start();
  const task = job({ outputFormat: 'sideways', settings: { syncMode: 5 }, colour: 'blue' });
  await post([task]);
  const { page, picture } = await openPage(browser, mock.url);
  const row = page.getByRole('option', { name: 'refused' });
  await row.click();
  const main = page.getByRole('main');
  await main.getByText("'colour' is not a parameter of this task.", { exact: true }).waitFor();
  await main.getByText("must NOT have additional properties; found 'colour'").first().waitFor();
  const noted = await main.locator('.noted').allInnerTexts();
  expect(noted.find((line) => line.includes('"colour"'))).toMatch(/← must not be there/);
  expect(noted.find((line) => line.includes('"sideways"'))).toMatch(/must be equal to one of/);
  expect(noted.find((line) => line.includes('"syncMode"'))).toMatch(/← must be string/);
  await picture('refused');
});

test('what the emulator does not act on is said to be accepted, at its place', async () => {
  const { mock, post } = await startWithDocument(addLoopAndTemperature);
  const task = job({ settings: { syncMode: 'loop', temperature: 0.5 } });
  await post([task]);
  const { page, picture } = await openPage(browser, mock.url);
  await page.getByRole('option', { name: task.taskUUID.slice(0, 8) }).click();
  const main = page.getByRole('main');
  await main.getByRole('heading', { name: 'Accepted, not emulated' }).waitFor();
  const listed = await main.locator('.not-emulated .place').allInnerTexts();
  expect(listed).toEqual(['/settings/syncMode', '/settings/temperature']);
  const noted = await main.locator('.noted').allInnerTexts();
  expect(noted.find((line) => line.includes('"loop"'))).toContain('← accepted, not emulated');
  expect(noted.find((line) => line.includes('"temperature"'))).toContain(
    '← accepted, not emulated',
  );
  expect(noted).toHaveLength(2);
  await picture('not-emulated');
});

test('what a request says is shown as text and never becomes markup', async () => {
  const { mock, post } = await start();
  const markup = '<img src=x onerror="document.title=1"><script>document.title=2</script>';
  await post([{ taskType: `hostile ${markup}`, taskUUID: markup, [markup]: markup }]);
  const bold = 'https://e.example/<b>';
  const addressed = job({ inputs: { video: 'https://example.com/%3Cb%3E', audio: bold } });
  const spoken = job({
    inputs: { video: 'https://example.com/v.mp4' },
    speech: { text: markup, voice: 'auto' },
  });
  await post([addressed, spoken]);
  const { page } = await openPage(browser, mock.url);
  for (const [row, text] of [
    ['hostile', markup],
    ['inputs.audio', bold],
    [spoken.taskUUID.slice(0, 8), markup],
  ] as const) {
    await page.getByRole('option', { name: row }).click();
    await page.getByRole('main').getByText(JSON.stringify(text)).first().waitFor();
    const made = page.locator('img[src="x"], script:not([src]), b:not(.scale b)');
    expect(await made.count()).toBe(0);
    expect(await page.title()).toBe('sync-3 mock server');
  }
});

test('a change of state is announced once, in words', async () => {
  const { mock, post } = await start({ jobDurationMs: 0 });
  const { page } = await openPage(browser, mock.url);
  await post([job()]);
  const live = page.locator('[aria-live=polite]');
  await expect.poll(() => live.textContent()).toBe('v.mp4 + a.wav: error');
  await post(Array.from({ length: 5 }, () => job()));
  await expect.poll(() => live.textContent()).toMatch(/^5 tasks: /);
});

test('a poll, a fault and a conflict stand on the timeline', async () => {
  const { mock, post } = await start();
  const task = job();
  await post([task]);
  await settled(post, task.taskUUID);
  mock.faults.add({ on: 'poll', kind: 'status', status: 503 });
  await post([getResponse(task.taskUUID)]);
  await post([task]);
  const { page } = await openPage(browser, mock.url);
  await page.getByRole('option', { name: 'v.mp4 + a.wav' }).click();
  const lines = page.getByRole('main').getByRole('listitem');
  for (const text of ['Accepted', 'Result settled', 'serviceUnavailable', 'conflictTaskUUID']) {
    await lines.filter({ hasText: text }).first().waitFor();
  }
});

test('without a stream the page asks each second', async () => {
  const { mock, post } = await start();
  const { page } = await openPage(browser, mock.url, { tolerated: /503/ });
  await page.route('**/__mock/events', (route) => route.fulfill({ status: 503 }));
  await page.reload();
  await page.getByText('Asking each second').waitFor();
  await post([job()]);
  await page.getByRole('option').waitFor();
});

test('the page begins anew with a server that was started anew', async () => {
  const port = await freePort();
  const { mock, post } = await start({ port });
  await post([job()]);
  const { page } = await openPage(browser, mock.url, { tolerated: /net::ERR_/ });
  await page.getByRole('option').click();
  await mock.close();
  await page.getByText('Server not reached').waitFor();
  const other = await start({ port });
  await other.post([
    job({ inputs: { video: 'https://example.com/new.mp4' }, speech: { text: 'x', voice: 'auto' } }),
  ]);
  await page.getByRole('option', { name: 'new.mp4' }).waitFor();
  expect(await page.getByRole('option').count()).toBe(1);
  await page.getByText('Choose a task', { exact: true }).waitFor();
});

test('two thousand tasks: the document stays small, and a key is answered at once', async () => {
  const { mock, post } = await start();
  const { page, picture } = await openPage(browser, mock.url);
  for (let sent = 0; sent < 2_000; sent += 100) {
    await post(Array.from({ length: 100 }, () => job()));
  }
  const last = job({
    inputs: { video: 'https://example.com/the-last.mp4', audio: 'https://example.com/a.wav' },
  });
  await post([last]);
  await page
    .getByText('The newest 200 of 2,001 tasks', { exact: false })
    .waitFor({ timeout: 280_000 });
  expect(await page.locator('*').count()).toBeLessThan(2_500);
  await page.keyboard.press('Escape');
  await page.keyboard.press('End');
  await expect.poll(() => page.getByRole('option', { selected: true }).count()).toBe(1);
  await page.keyboard.press('/');
  await page.keyboard.type('the-last');
  await expect.poll(() => page.getByRole('option').count()).toBe(1);
  await picture('two-thousand');
});
