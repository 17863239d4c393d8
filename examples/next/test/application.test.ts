import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { describeApplication } from '../../node-http/test/application-suite.ts';
import { spawnNode, startApplication } from '../../node-http/test/start-application.ts';

const folder = fileURLToPath(new URL('..', import.meta.url));
const next = 'node_modules/next/dist/bin/next';
const quiet = { NEXT_TELEMETRY_DISABLED: '1' };

/** Without a key or a secret in its environment: neither may be needed for it, nor become a part. */
async function build(): Promise<void> {
  const { child, output } = spawnNode(folder, [next, 'build'], quiet);
  const [code] = await once(child, 'close');
  if (code !== 0) throw new Error(`The build has failed:\n${output()}`);
}

describeApplication(async (environment) => {
  await build();
  const start = [next, 'start', '--hostname', '127.0.0.1'];
  return startApplication(folder, start, { ...environment, ...quiet });
});
