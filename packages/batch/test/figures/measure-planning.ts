// Measures planning, and the memory of a worker, with many items: `node test/figures/measure-planning.ts
// [items] [--postgres]`. Each step is a process of its own, as `sync3 batch` is.
import { spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { createWriteStream, mkdtempSync, rmSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { countItems, Manifest, openDatabase, planBatch } from '@sync3/batch';
import { startMockServer } from '@sync3/mock-server';
import { startPostgres } from '../database/postgres-cluster.ts';
import { spawnWorker } from '../work/spawn-worker.ts';

const [step, where, manifest] = process.argv.slice(2).filter((arg) => !arg.startsWith('--'));
if (step === 'plan' && where && manifest) {
  const database = await openDatabase(JSON.parse(where));
  const startedAt = performance.now();
  const { planned } = await planBatch(new Manifest(manifest), database);
  const seconds = (performance.now() - startedAt) / 1000;
  report('planning', { planned, seconds, itemsASecond: Math.round(planned / seconds) });
  await database.close();
} else if (step === 'status' && where) {
  const startedAt = performance.now();
  const database = await openDatabase(JSON.parse(where));
  const openedAt = performance.now();
  const { total } = await countItems(database, 'default');
  const now = performance.now();
  report('status', { total, openMs: openedAt - startedAt, countMs: now - openedAt });
  await database.close();
} else {
  await main(Number(step ?? 100_000));
}

function report(what: string, figures: object): void {
  const peakMegabytes = Math.round(process.resourceUsage().maxRSS / 1024);
  console.log(what, JSON.stringify({ ...figures, peakMegabytes }));
}

async function main(items: number): Promise<void> {
  const isPostgres = process.argv.includes('--postgres');
  const folder = mkdtempSync(join(tmpdir(), 'sync3-figures-'));
  const cluster = isPostgres ? await startPostgres() : undefined;
  console.log(
    `Node ${process.version}, ${cpus().length} cores, ${items} items`,
    cluster ? 'PostgreSQL' : 'PGlite',
  );
  const path = join(folder, 'clips.jsonl');
  const file = createWriteStream(path);
  for (let index = 0; index < items; index++) {
    const video = `https://example.com/clips/${index}.mp4`;
    const params = { inputs: { video, audio: 'https://example.com/line.wav' } };
    if (!file.write(`${JSON.stringify({ key: `clip-${index}`, ...params })}\n`))
      await once(file, 'drain');
  }
  file.end();
  await once(file, 'close');
  const database = cluster
    ? { databaseUrl: await cluster.createDatabase() }
    : { directory: join(folder, 'database') };
  // The folder is made beforehand, as it is once for many plans.
  await (await openDatabase(database)).close();
  for (const name of ['plan', 'status']) {
    spawnSync(process.execPath, [import.meta.filename, name, JSON.stringify(database), path], {
      stdio: 'inherit',
    });
  }
  // Inputs that nobody can fetch: jobs that fail as soon as they begin.
  const mock = await startMockServer({ port: 0, jobDurationMs: 2_000 });
  const options = { url: mock.url, outputDirectory: join(folder, 'output') };
  const worker = spawnWorker(database, { ...options, limits: { concurrency: 100 } });
  await worker.until(() => worker.events.filter(({ event }) => event === 'item').length > 1_000);
  worker.child.kill('SIGTERM');
  const end = await worker.end;
  console.log(
    'worker',
    JSON.stringify({ ...end?.counts, peakMegabytes: Math.round((end?.rssPeak ?? 0) / 1024) }),
  );
  await mock.close();
  await cluster?.remove();
  rmSync(folder, { recursive: true, force: true });
}
