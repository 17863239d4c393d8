// Measures a batch with a thousand jobs under way: poll requests in a second, and the time of the whole
// against what the concurrency allows. The worker is a process of its own.
// `node test/figures/measure-in-flight.ts [items] [concurrency] [--postgres]`
import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { openDatabase, planBatch, workOnBatch } from '@sync3/batch';

const [first = '', second = '1000'] = process.argv.slice(2).filter((arg) => !arg.startsWith('--'));
if (first === 'work') await work(JSON.parse(second));
else await measure(Number(first || 3_000), Number(second), process.argv.includes('--postgres'));

/** What the worker is told. */
interface Task {
  database: Parameters<typeof openDatabase>[0];
  url: string;
  folder: string;
  concurrency: number;
}

async function work({ database: where, url, folder, concurrency }: Task): Promise<void> {
  const polls: number[] = [];
  const database = await openDatabase(where);
  const { counts, ending } = await workOnBatch(database, {
    outputDirectory: join(folder, 'output'),
    limits: { concurrency },
    client: {
      baseUrl: url,
      apiKey: 'key-of-the-figures',
      hooks: { onPoll: () => polls.push(Date.now()) },
    },
  });
  await database.close();
  const { userCPUTime, systemCPUTime, maxRSS } = process.resourceUsage();
  console.log(
    JSON.stringify({
      ending,
      succeeded: counts.byState.succeeded,
      pollRequests: polls.length,
      mostPollRequestsInASecond: mostInASecond(polls),
      cpuSeconds: (userCPUTime + systemCPUTime) / 1e6,
      peakMegabytes: Math.round(maxRSS / 1024),
    }),
  );
}

async function measure(items: number, concurrency: number, isPostgres: boolean): Promise<void> {
  const { startMockServer } = await import('@sync3/mock-server');
  const { startPostgres } = await import('../database/postgres-cluster.ts');
  const media = (name: string) =>
    fileURLToPath(new URL(`../../../../examples/media/${name}`, import.meta.url));
  const inputs = { video: media('face.mp4'), audio: media('line-short.wav') };
  const folder = mkdtempSync(join(tmpdir(), 'sync3-figures-'));
  const cluster = isPostgres ? await startPostgres() : undefined;
  const mock = await startMockServer({ port: 0, jobDurationMs: [10_000, 40_000] });
  const where = cluster
    ? { databaseUrl: await cluster.createDatabase() }
    : { directory: join(folder, 'database') };
  const database = await openDatabase(where);
  await planBatch(
    Array.from({ length: items }, (_, index) => ({ key: `clip-${index}`, params: { inputs } })),
    database,
  );
  await database.close();
  const task: Task = { database: where, url: mock.url, folder, concurrency };
  const { stdout } = await promisify(execFile)(process.execPath, [
    import.meta.filename,
    'work',
    JSON.stringify(task),
  ]);
  const timelines = mock.tasks.map(({ timeline }) => {
    const at = (name: string) => timeline.findLast(({ event }) => event === name)?.at ?? Number.NaN;
    return { begin: at('accepted'), end: at('settled') };
  });
  const begin = Math.min(...timelines.map((job) => job.begin));
  const end = Math.max(...timelines.map((job) => job.end));
  console.log({
    node: process.version,
    cores: cpus().length,
    database: isPostgres ? 'PostgreSQL' : 'PGlite',
    items,
    concurrency,
    charged: mock.stats.charged,
    ...JSON.parse(stdout),
    secondsFromFirstToLastJob: (end - begin) / 1000,
    secondsThatConcurrencyAllows: shortestTime(
      timelines.map((job) => (job.end - job.begin) / 1000),
      concurrency,
    ),
  });
  await mock.close();
  await cluster?.remove();
  rmSync(folder, { recursive: true, force: true });
}

/** When each job begins as soon as there is a place for it, in the order of the server. */
function shortestTime(durations: readonly number[], concurrency: number): number {
  const places = new Array<number>(concurrency).fill(0);
  for (const duration of durations) {
    let soonest = 0;
    for (let place = 1; place < places.length; place++) {
      if ((places[place] as number) < (places[soonest] as number)) soonest = place;
    }
    places[soonest] = (places[soonest] as number) + duration;
  }
  return Math.max(...places);
}

function mostInASecond(times: readonly number[]): number {
  let most = 0;
  for (let oldest = 0, newest = 0; newest < times.length; newest++) {
    while ((times[newest] as number) - (times[oldest] as number) >= 1_000) oldest++;
    most = Math.max(most, newest - oldest + 1);
  }
  return most;
}
