// Measures a batch with a thousand jobs under way: poll requests in a second, and the time of the whole
// against what the concurrency allows. `node test/figures/measure-in-flight.ts [items] [concurrency]
// [--postgres]`
import { mkdtempSync, rmSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { openDatabase, planBatch, workOnBatch } from '@sync3/batch';
import { startMockServer } from '@sync3/mock-server';
import { startPostgres } from '../database/postgres-cluster.ts';

const isPostgres = process.argv.includes('--postgres');
const [items = 3_000, concurrency = 1_000] = process.argv
  .slice(2)
  .map(Number)
  .filter(Number.isFinite);
const media = (name: string) =>
  fileURLToPath(new URL(`../../../../examples/media/${name}`, import.meta.url));
const inputs = { video: media('face.mp4'), audio: media('line-short.wav') };

const folder = mkdtempSync(join(tmpdir(), 'sync3-figures-'));
const cluster = isPostgres ? await startPostgres() : undefined;
const mock = await startMockServer({ port: 0, jobDurationMs: [10_000, 40_000] });
const database = await openDatabase(
  cluster
    ? { databaseUrl: await cluster.createDatabase() }
    : { directory: join(folder, 'database') },
);
await planBatch(
  Array.from({ length: items }, (_, index) => ({ key: `clip-${index}`, params: { inputs } })),
  database,
);
const polls: number[] = [];
const cpuBefore = process.cpuUsage();
const startedAt = Date.now();
const { counts, ending } = await workOnBatch(database, {
  outputDirectory: join(folder, 'output'),
  limits: { concurrency },
  client: {
    baseUrl: mock.url,
    apiKey: 'key-of-the-figures',
    hooks: { onPoll: () => polls.push(Date.now()) },
  },
});
const seconds = (Date.now() - startedAt) / 1000;
const cpu = process.cpuUsage(cpuBefore);

const durations = mock.tasks.map(({ timeline }) => {
  const at = (name: string) => timeline.findLast(({ event }) => event === name)?.at ?? Number.NaN;
  return (at('settled') - at('accepted')) / 1000;
});
console.log({
  node: process.version,
  cores: cpus().length,
  database: isPostgres ? 'PostgreSQL' : 'PGlite',
  items,
  concurrency,
  ending,
  succeeded: counts.byState.succeeded,
  charged: mock.stats.charged,
  seconds,
  secondsThatConcurrencyAllows: shortestTime(durations),
  pollRequests: polls.length,
  mostPollRequestsInASecond: mostInASecond(polls),
  cpuSecondsWithTheServer: (cpu.user + cpu.system) / 1e6,
});
await database.close();
await mock.close();
await cluster?.remove();
rmSync(folder, { recursive: true, force: true });

/** When each job begins as soon as there is a place for it, in the order of the server. */
function shortestTime(durations: readonly number[]): number {
  const places = new Array<number>(concurrency).fill(0);
  for (const duration of durations) {
    let first = 0;
    for (let place = 1; place < places.length; place++) {
      if ((places[place] as number) < (places[first] as number)) first = place;
    }
    places[first] = (places[first] as number) + duration;
  }
  return Math.max(...places);
}

function mostInASecond(times: readonly number[]): number {
  let most = 0;
  for (let first = 0, last = 0; last < times.length; last++) {
    while ((times[last] as number) - (times[first] as number) >= 1_000) first++;
    most = Math.max(most, last - first + 1);
  }
  return most;
}
