import { mkdir } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { expect, onTestFinished } from 'vitest';

const folder = fileURLToPath(new URL('../../.screenshots/', import.meta.url));

/** A page of a batch, opened in a browser. */
export interface OpenedPage {
  page: Page;
  /** Names of the files that the page has asked for, without its own. */
  asked: string[];
  /** Keeps two pictures of it, light and dark, for people to look at. */
  picture(name: string): Promise<void>;
}

/**
 * Opens a report from disk, or a live page. When the test is over, nothing may have been written to the
 * console, thrown, blocked by the policy, or asked of another place than that of the page.
 *
 * @param url `file:`, or what `servePage` has told.
 */
export async function openPage(
  browser: Browser,
  url: string,
  options: BrowserContextOptions = {},
): Promise<OpenedPage> {
  const context = await browser.newContext({
    viewport: { width: 1100, height: 800 },
    ...options,
  });
  // What never comes is found by the end of the test; how long the rest takes is up to the machine.
  context.setDefaultTimeout(0);
  const page = await context.newPage();
  const { origin, protocol } = new URL(url);
  const complaints: string[] = [];
  const asked: string[] = [];
  page.on('console', (message) => complaints.push(`${message.type()}: ${message.text()}`));
  page.on('pageerror', (error) => complaints.push(`error: ${error.message}`));
  page.on('dialog', async (dialog) => {
    complaints.push(`dialog: ${dialog.message()}`);
    await dialog.dismiss();
  });
  page.on('request', (request) => {
    const asks = new URL(request.url());
    const { pathname } = asks;
    if (asks.protocol !== protocol || asks.origin !== origin) {
      complaints.push(`asked ${request.url()}`);
    }
    if (request.url() !== url) asked.push(pathname.slice(pathname.lastIndexOf('/') + 1));
  });
  await page.addInitScript(`
    document.addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI }) => {
      console.error('blocked by', violatedDirective, blockedURI);
    });
  `);
  onTestFinished(async () => {
    await context.close();
    expect(complaints).toEqual([]);
  });
  await page.goto(url);
  return {
    page,
    asked,
    async picture(name) {
      await mkdir(folder, { recursive: true });
      for (const colorScheme of ['light', 'dark'] as const) {
        await page.emulateMedia({ colorScheme });
        await page.screenshot({ path: `${folder}${colorScheme}-${name}.png` });
      }
    },
  };
}
