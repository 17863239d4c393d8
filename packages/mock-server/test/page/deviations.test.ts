import { chromium } from 'playwright-core';
import { expect, onTestFinished, test } from 'vitest';
import { start } from '../api/start.ts';
import { startUpstream } from '../gateway/upstream.ts';
import { findChromium } from './find-chromium.js';
import { openPage } from './open-page.js';

test('the page of a gateway shows in what the API differs from the document, as text', async () => {
  const taskUUID = '5f0cf7d4-17bb-4fcf-9bf9-8e1b8d9b0c11';
  const row = { taskType: 'videoInference', taskUUID, status: 'processing', extra: '<b>bold</b>' };
  const upstream = await startUpstream(() => ({ body: { data: [row, { ...row, status: 3 }] } }));
  const { mock, post } = await start({ upstream: upstream.url });
  const browser = await chromium.launch({ executablePath: findChromium() });
  onTestFinished(() => browser.close());
  const { page } = await openPage(browser, mock.url);
  await post([{ taskType: 'getResponse', taskUUID }]);
  const summary = page.getByText('differences from the document');
  await summary.click();
  const list = page.locator('#deviations-list');
  await list.getByText('Unknown field').first().waitFor();
  const text = await list.textContent();
  expect(text).toContain('response videoInference /data/*/extra: held "<b>bold</b>"');
  expect(text).toContain('Breaks the document');
  expect(await list.locator('b').count()).toBe(0);
});
