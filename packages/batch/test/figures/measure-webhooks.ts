// Measures a batch whose jobs are announced by webhooks: requests in a second that ask how jobs stand,
// and how long after its end a job is known. The API is a small server that delivers all but some; the
// worker is a process of its own.
// `node test/figures/measure-webhooks.ts [items] [shortest job, s] [longest job, s] [share lost] [--pglite]`
import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { promisify } from 'node:util';
import { openDatabase, planBatch, receiveDeliveries, workOnBatch } from '@sync3/batch';
import { startPostgres } from '../database/postgres-cluster.ts';
import { tinyVideo } from '../work/tiny-media.ts';

/** How often the progress is told, in ms. */
const tellMs = 30_000;
const secret = 'a secret of the figures, long enough';
const [first = '', ...others] = process.argv.slice(2).filter((arg) => !arg.startsWith('--'));
if (first === 'work') await work(JSON.parse(`${others[0]}`));
else {
  const [shortest = 120, longest = 360, lost = 0.01] = others.map(Number);
  await measure(Number(first || 10_000), { shortest, longest, lost });
}

/** What the worker is told. */
interface Order {
  database: Parameters<typeof openDatabase>[0];
  items: number;
  url: string;
  webhookURL: string;
  folder: string;
}

async function work({ database: where, items, url, webhookURL, folder }: Order): Promise<void> {
  const database = await openDatabase(where);
  const { ending, counts } = await workOnBatch(database, {
    outputDirectory: join(folder, 'output'),
    limits: { concurrency: items },
    client: { baseUrl: url, apiKey: 'key-of-the-figures' },
    webhooks: { url: webhookURL, secret },
    checkFiles: false,
  });
  await database.close();
  const { userCPUTime, systemCPUTime, maxRSS } = process.resourceUsage();
  const cpuSeconds = (userCPUTime + systemCPUTime) / 1e6;
  const peakMegabytes = Math.round(maxRSS / 1024);
  console.log(JSON.stringify({ ending, ...counts.byState, cpuSeconds, peakMegabytes }));
}

/** How long jobs take, in s, and which share of the deliveries is lost. */
interface Jobs {
  shortest: number;
  longest: number;
  lost: number;
}

async function measure(items: number, jobs: Jobs): Promise<void> {
  const isPglite = process.argv.includes('--pglite');
  const folder = mkdtempSync(join(tmpdir(), 'sync3-figures-'));
  const cluster = isPglite ? undefined : await startPostgres();
  const where = cluster
    ? { databaseUrl: await cluster.createDatabase() }
    : { directory: join(folder, 'database'), access: 'visit' as const };
  const planner = await openDatabase(where);
  const inputs = { video: 'https://example.com/v.mp4', audio: 'https://example.com/a.wav' };
  await planBatch(
    Array.from({ length: items }, (_, index) => ({ key: `clip-${index}`, params: { inputs } })),
    planner,
  );
  const receiver = await receiveDeliveries(planner, { url: 'http://127.0.0.1', secret });
  const api = await startApi(jobs);
  const order: Order = {
    database: cluster ? where : { directory: join(folder, 'database') },
    items,
    url: api.url,
    webhookURL: receiver.url,
    folder,
  };
  const telling = setInterval(() => console.error(api.progress()), tellMs);
  const { stdout } = await promisify(execFile)(process.execPath, [
    import.meta.filename,
    'work',
    JSON.stringify(order),
  ]);
  clearInterval(telling);
  console.log({
    node: process.version,
    cores: cpus().length,
    database: isPglite ? 'PGlite' : 'PostgreSQL',
    items,
    ...jobs,
    ...api.figures(),
    ...JSON.parse(stdout),
  });
  api.close();
  await receiver.close();
  await planner.close();
  await cluster?.remove();
  rmSync(folder, { recursive: true, force: true });
}

/** A job of the API; times by `performance.now`. */
interface Job {
  acceptedAt: number;
  doneAt: number;
  isLost: boolean;
  knownAt?: number;
}

async function startApi({ shortest, longest, lost }: Jobs) {
  const jobs = new Map<string, Job>();
  const pollsAt: number[] = [];
  let url = '';
  const rowOf = (taskUUID: string) => {
    const job = jobs.get(taskUUID);
    if (!job || performance.now() < job.doneAt) return { taskUUID, status: 'processing' };
    return { taskUUID, videoUUID: taskUUID, videoURL: `${url}/v.mp4`, cost: 0.1 };
  };
  const accept = ({ taskUUID, webhookURL }: { taskUUID: string; webhookURL: string }) => {
    const acceptedAt = performance.now();
    const ms = (shortest + Math.random() * (longest - shortest)) * 1000;
    const job = { acceptedAt, doneAt: acceptedAt + ms, isLost: Math.random() < lost };
    jobs.set(taskUUID, job);
    if (job.isLost) return;
    setTimeout(() => void deliver(webhookURL, JSON.stringify(rowOf(taskUUID))), ms + 1);
  };
  const server = createServer(async (request, response) => {
    if (request.method === 'GET') {
      response.writeHead(200, { 'Content-Type': 'video/mp4' }).end(tinyVideo);
      return;
    }
    const tasks = JSON.parse(await text(request));
    const now = performance.now();
    if (tasks[0].taskType === 'getResponse') pollsAt.push(now);
    const data = tasks.map((task: { taskType: string; taskUUID: string; webhookURL: string }) => {
      if (task.taskType !== 'getResponse') {
        accept(task);
        return { taskType: task.taskType, taskUUID: task.taskUUID };
      }
      const job = jobs.get(task.taskUUID);
      if (job && now >= job.doneAt) job.knownAt ??= now;
      return rowOf(task.taskUUID);
    });
    response.writeHead(200, { 'Content-Type': 'application/json' }).end(JSON.stringify({ data }));
  }).listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    url,
    close: () => {
      server.close();
      server.closeAllConnections();
    },
    /** Jobs that are not known to have ended, and requests of the last interval. */
    progress: () => ({
      inFlight: [...jobs.values()].filter(({ knownAt }) => knownAt === undefined).length,
      requestsInASecond:
        pollsAt.filter((at) => at > performance.now() - tellMs).length / (tellMs / 1000),
    }),
    figures() {
      const all = [...jobs.values()];
      const begin = Math.min(...all.map(({ acceptedAt }) => acceptedAt));
      const end = Math.max(...all.map(({ knownAt = 0 }) => knownAt));
      const seconds = (end - begin) / 1000;
      const lateness = (isLost: boolean) =>
        all
          .filter((job) => job.isLost === isLost)
          .map(({ doneAt, knownAt = Number.NaN }) => (knownAt - doneAt) / 1000);
      return {
        mostJobsInFlight: mostInFlight(all),
        seconds,
        requests: pollsAt.length,
        requestsInASecond: pollsAt.length / seconds,
        mostRequestsInTenSeconds: mostWithin(10_000, pollsAt),
        secondsUntilKnown: spread(lateness(false)),
        secondsUntilKnownOfLost: spread(lateness(true)),
      };
    },
  };
}

/** As the API does: until it is answered with 2xx. */
async function deliver(url: string, body: string): Promise<void> {
  for (let pauseMs = 250; ; pauseMs = Math.min(pauseMs * 2, 8_000)) {
    const response = await fetch(url, { method: 'POST', body }).catch(() => undefined);
    if (response?.ok) return;
    await new Promise((resolve) => setTimeout(resolve, pauseMs));
  }
}

function mostInFlight(jobs: readonly Job[]): number {
  const steps = jobs.flatMap(({ acceptedAt, knownAt = Infinity }) => [
    { at: acceptedAt, by: 1 },
    { at: knownAt, by: -1 },
  ]);
  steps.sort((one, other) => one.at - other.at);
  let now = 0;
  return Math.max(...steps.map(({ by }) => (now += by)));
}

function mostWithin(ms: number, times: readonly number[]): number {
  let most = 0;
  for (let oldest = 0, newest = 0; newest < times.length; newest++) {
    while ((times[newest] as number) - (times[oldest] as number) >= ms) oldest++;
    most = Math.max(most, newest - oldest + 1);
  }
  return most;
}

function spread(values: number[]) {
  values.sort((one, other) => one - other);
  const at = (part: number) => values[Math.floor(part * (values.length - 1))];
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return { count: values.length, mean, p95: at(0.95), longest: at(1) };
}
