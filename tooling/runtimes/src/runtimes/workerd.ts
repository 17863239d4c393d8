import { join } from 'node:path';
import { Miniflare } from 'miniflare';
import { bundleFile } from '../bundle.ts';
import { startTestServer } from '../servers/test-server.ts';
import { outcomesOf } from './outcomes-of.ts';
import { directPlace } from './place.ts';
import type { Runtime } from './runtime.ts';

const oneAfterTheOther = 'a client made outside of every request serves one after the other';

/** Cloudflare's runtime, set up as for a new Worker without compatibility flags. */
export const workerd: Runtime = {
  name: 'workerd',
  identity: /^Cloudflare-Workers$/,
  hasFiles: false,
  ownChecks: [oneAfterTheOther],

  async run({ project, mockUrl, apiKey }) {
    const server = await startTestServer(apiKey);
    const place = directPlace(server.origin, mockUrl, apiKey);
    const suite = await startWorker(join(project, 'suite/worker.js'), {});
    const shared = await startWorker(join(project, 'suite/shared-client-worker.js'), {
      baseUrl: place.baseUrl.replace('SCENARIO', 'slow'),
      apiKey,
    });
    const runJob = async () => {
      const response = await shared.dispatchFetch('http://worker.example/');
      const text = await response.text();
      if (text !== '1') throw new Error(`The answer is: ${text}`);
    };
    try {
      const init = { method: 'POST', body: JSON.stringify(place) };
      const response = await suite.dispatchFetch('http://worker.example/', init);
      const { identity, outcomes } = JSON.parse(await response.text());
      const own = await outcomesOf({
        [oneAfterTheOther]: () => runJob().then(runJob),
      });
      return { identity, outcomes: [...outcomes, ...own] };
    } finally {
      await Promise.allSettled([suite.dispose(), shared.dispose()]);
      server.close();
    }
  },
};

async function startWorker(path: string, bindings: Record<string, string>): Promise<Miniflare> {
  const { text } = await bundleFile(path, 'workerd');
  const worker = new Miniflare({
    modules: [{ type: 'ESModule', path: 'worker.js', contents: text }],
    compatibilityDate: '2026-07-01',
    bindings,
  });
  // A Worker that does not start fails whoever calls it, and not the process as well.
  worker.ready.catch(() => {});
  return worker;
}
