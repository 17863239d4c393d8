import { mkdir } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { expect, onTestFinished } from 'vitest';
import { sizes } from '../sizes.js';

const folder = fileURLToPath(new URL('../../.screenshots/', import.meta.url));

/** The page of a server, opened in a browser. */
export interface OpenedPage {
  page: Page;
  /** In `pnpm soak`, keeps two pictures of it, light and dark, for people to look at. */
  picture(name: string): Promise<void>;
}

/**
 * Opens the page of the server whose API is at `url`. When the test is over, nothing may have been
 * written to the console, thrown, blocked by the policy, or asked of another origin; but for what is `tolerated` on the console.
 */
export async function openPage(
  browser: Browser,
  url: string,
  { tolerated, ...options }: BrowserContextOptions & { tolerated?: RegExp } = {},
): Promise<OpenedPage> {
  const context = await browser.newContext({
    viewport: { width: 1360, height: 860 },
    reducedMotion: 'reduce',
    ...options,
  });
  // How long something takes is up to the machine; a test that hangs has a deadline of its own.
  context.setDefaultTimeout(0);
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on('console', (message) => complaints.push(`${message.type()}: ${message.text()}`));
  page.on('pageerror', (error) => complaints.push(`error: ${error.message}`));
  page.on('request', (request) => {
    if (new URL(request.url()).hostname !== '127.0.0.1') complaints.push(`asked ${request.url()}`);
  });
  await page.addInitScript(`
    document.addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI }) => {
      console.error('blocked by', violatedDirective, blockedURI);
    });
  `);
  onTestFinished(async () => {
    await context.close();
    expect(complaints.filter((text) => !tolerated?.test(text))).toEqual([]);
  });
  await page.goto(new URL('/__mock/', url).href);
  await page.getByText('Live', { exact: true }).waitFor();
  return {
    page,
    async picture(name) {
      if (!sizes.pictures) return;
      await mkdir(folder, { recursive: true });
      for (const colorScheme of ['light', 'dark'] as const) {
        await page.emulateMedia({ colorScheme });
        await page.screenshot({ path: `${folder}${colorScheme}-${name}.png` });
      }
    },
  };
}
