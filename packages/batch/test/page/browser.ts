import { type Browser, chromium, type Locator } from 'playwright-core';
import { afterAll, beforeAll, expect } from 'vitest';
import { findChromium } from '../../../mock-server/test/page/find-chromium.ts';

/** Chromium, for the tests of a file. */
export function useBrowser(): () => Browser {
  let browser: Browser;
  beforeAll(async () => {
    browser = await chromium.launch({ executablePath: findChromium() });
  });
  afterAll(() => browser.close());
  return () => browser;
}

/** Expects something of the page as soon as it comes; how long that takes is up to the machine. */
export const eventually: typeof expect.poll = (read) => expect.poll(read);

/** What a video element is doing. */
export const playback = (video: Locator) =>
  video.evaluate((node) => {
    const { currentTime, paused, muted, controls, readyState } = node as unknown as Playback;
    return { currentTime, paused, muted, controls, hasPicture: readyState >= 2 };
  });

interface Playback {
  /** In seconds. */
  currentTime: number;
  paused: boolean;
  muted: boolean;
  controls: boolean;
  readyState: number;
}
