// Measures `sync3 batch` with many items: planning, the memory of the worker, and `batch status`. On
// Linux: `node test/figures/measure-batch.ts [items] [--postgres]`.
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { createWriteStream, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { startMockServer } from '@sync3/mock-server';
import { startPostgres } from '../../../batch/test/database/postgres-cluster.ts';

const main = fileURLToPath(new URL('../../dist/main.js', import.meta.url));
const items = Number(process.argv.slice(2).find((arg) => !arg.startsWith('--')) ?? 100_000);
const folder = mkdtempSync(join(tmpdir(), 'sync3-figures-'));
const cluster = process.argv.includes('--postgres') ? await startPostgres() : undefined;
// Inputs that nobody can fetch, as outside addresses are closed: jobs that fail at their end.
const mock = await startMockServer({ port: 0, jobDurationMs: 2_000 });
const place = cluster
  ? ['--database-url', await cluster.createDatabase()]
  : ['--database', join(folder, 'ledger')];
const env = { ...process.env, RUNWARE_API_KEY: 'key-of-the-figures', RUNWARE_BASE_URL: mock.url };
const manifest = join(folder, 'clips.jsonl');

await writeManifest();
const kind = cluster ? 'PostgreSQL' : 'PGlite';
console.log(`Node ${process.version}, ${cpus().length} cores, ${items} items, ${kind}`);
console.log('run   ', await run());
console.log('status', status());
console.log('status', status());
await mock.close();
await cluster?.remove();
rmSync(folder, { recursive: true, force: true });

async function writeManifest(): Promise<void> {
  const file = createWriteStream(manifest);
  for (let index = 0; index < items; index++) {
    const video = `https://example.com/clips/${index}.mp4`;
    const inputs = { video, audio: 'https://example.com/line.wav' };
    const line = JSON.stringify({ key: `clip-${index}`, inputs });
    if (!file.write(`${line}\n`)) await once(file, 'drain');
  }
  file.end();
  await once(file, 'close');
}

/** Plans everything, works on a few thousand items, and is stopped. */
async function run() {
  const options = ['--concurrency', '100', '-o', join(folder, 'output'), '--json', ...place];
  const child = spawn(process.execPath, [main, 'batch', 'run', manifest, ...options], {
    env,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let planningSince: number | undefined;
  let seconds = 0;
  let settled = 0;
  let peakWhilePlanning = 0;
  let peakMegabytes = 0;
  for await (const line of createInterface({ input: child.stdout })) {
    const { event } = JSON.parse(line);
    // The first five hundred lines are dealt with by then.
    if (event === 'planning') planningSince ??= performance.now();
    if (event === 'planned') {
      seconds = (performance.now() - (planningSince ?? Number.NaN)) / 1000;
      peakWhilePlanning = peakOf(child.pid);
    }
    if (event === 'item') settled += 1;
    if (settled === 3_000 && event === 'item') {
      peakMegabytes = peakOf(child.pid);
      child.kill('SIGINT');
    }
  }
  const itemsASecond = Math.round(items / seconds);
  return { planningSeconds: seconds, itemsASecond, peakWhilePlanning, settled, peakMegabytes };
}

function status() {
  const startedAt = performance.now();
  const { stdout } = spawnSync(process.execPath, [main, 'batch', 'status', '--json', ...place], {
    env,
    encoding: 'utf8',
  });
  const seconds = (performance.now() - startedAt) / 1000;
  return { seconds, items: JSON.parse(stdout).items };
}

/** Most memory that a process has had, in MB. */
function peakOf(pid: number | undefined): number {
  const [, kilobytes] = /VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? [];
  return Math.round(Number(kilobytes) / 1024);
}
