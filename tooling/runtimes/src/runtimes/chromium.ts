import { join } from 'node:path';
import { type Browser, chromium as playwright } from 'playwright-core';
import { bundleFile } from '../bundle.ts';
import { serverParts } from '../server-parts.ts';
import { createApplication } from '../servers/application.ts';
import { startRecordingRelay } from '../servers/recording-relay.ts';
import { startTestServer } from '../servers/test-server.ts';
import { findChromium } from './find-chromium.ts';
import { outcomesOf } from './outcomes-of.ts';
import { directPlace } from './place.ts';
import type { Report, Runtime } from './runtime.ts';

const keepsKey = 'the API key is in nothing that the browser has sent or received';
/** About the connection itself, which a proxy would hide; these APIs are called without one. */
const withoutProxy = ['deaf', 'lost-answer', 'redirecting'];
const session = 'session-token-of-a-user';

/** A browser, whose requests go through the proxy of the package; it never has the API key. */
export const chromium: Runtime = {
  name: 'Chromium',
  identity: /HeadlessChrome\/\d/,
  hasFiles: false,
  ownChecks: [keepsKey],

  async run({ project, mockUrl, apiKey }) {
    const executablePath = findChromium();
    const { text } = await bundleFile(join(project, 'suite/page.js'), 'browser');
    const parts = await serverParts(project);
    const apiOf = (scenario: string) =>
      scenario === 'mock' ? mockUrl : `${server.origin}/${scenario}/v1`;
    const application = createApplication(parts, text, session, apiKey, apiOf);
    const server = await startTestServer(apiKey, application);
    const relay = await startRecordingRelay(server.origin);
    let browser: Browser | undefined;
    try {
      browser = await playwright.launch({ executablePath });
      const page = await browser.newPage();
      // How long something takes is up to the machine.
      page.setDefaultTimeout(0);
      await page.goto(relay.origin);
      const place = {
        ...directPlace(relay.origin, mockUrl, session),
        baseUrl: `${relay.origin}/proxy/SCENARIO`,
        urls: Object.fromEntries(withoutProxy.map((name) => [name, `${relay.origin}/${name}/v1`])),
      };
      const expression = `reportFrom(${JSON.stringify(place)})`;
      const { identity, outcomes } = await page.evaluate<Report>(expression);
      const own = await outcomesOf({
        [keepsKey]: async () => {
          const traffic = relay.recorded();
          // In a request, and in an answer.
          const isRecorded = traffic.includes(session) && traffic.includes('"videoUUID"');
          if (!isRecorded) throw new Error('The traffic was not recorded.');
          if (traffic.includes(apiKey)) throw new Error('The API key was in it.');
        },
      });
      return { identity, outcomes: [...outcomes, ...own] };
    } finally {
      await browser?.close();
      relay.close();
      server.close();
    }
  },
};
