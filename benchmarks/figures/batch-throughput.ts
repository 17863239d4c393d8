import { once } from 'node:events';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openDatabase, planBatch } from '@sync3/batch';
import { Queue, QueueEvents } from 'bullmq';
import { startPostgres } from '../../packages/batch/test/database/postgres-cluster.ts';
import { nextMessage, startScript } from '../measure/child-script.ts';
import type { Figure } from '../measure/figure.ts';
import { startRedis } from '../measure/redis-server.ts';
import { inTurns } from '../measure/repeat.ts';
import { spread } from '../measure/statistics.ts';
import { startServer } from '../servers/start-server.ts';
import { paramsOf, queueName, type WorkerTask } from './batch-throughput-task.ts';

const repetitions = 3;
/** Jobs of all workers together that are under way at a time. */
const concurrency = 100;
const workerCounts = [1, 2, 4];

/** What a run has come to. */
interface Throughput {
  jobsPerSecond: number;
  /** Of all workers, in ms for each job. */
  cpuMsPerJob: number;
}

/** Who does the work. */
export interface Contender {
  title: string;
  kind: WorkerTask['how']['kind'];
  workers: number;
}

const contenders: Contender[] = (['batch', 'bullmq', 'p-limit'] as const).flatMap((kind) =>
  workerCounts.map((workers) => ({
    kind,
    workers,
    title: `${titles(kind)}, ${workers === 1 ? '1 worker' : `${workers} workers`}`,
  })),
);

function titles(kind: Contender['kind']): string {
  if (kind === 'batch') return '@sync3/batch on PostgreSQL';
  return kind === 'bullmq' ? 'BullMQ and @sync3/sdk' : '`p-limit` and @sync3/sdk';
}

/** Delivers the results of jobs that are done at once, through a durable batch and without one. */
export const batchThroughput: Figure = async ({ jobs }) => {
  const results = await inTurns(repetitions, contenders, async (contender) => {
    const result = await runBatch(contender, jobs);
    const told = typeof result === 'string' ? result : `${result.jobsPerSecond.toFixed(0)} jobs/s`;
    console.error(`  ${contender.title}: ${told}`);
    return result;
  });
  return {
    title: `A batch of ${jobs.toLocaleString('en-US')} instant jobs`,
    method: `${jobs.toLocaleString('en-US')} items, planned or queued beforehand, from the first submit to the last file of 4 KiB on disk; the jobs are done as soon as they are accepted. ${concurrency} jobs are under way at a time, of all workers together. Each worker is a process of its own, and so are the server, PostgreSQL (fsync off) and Redis (appendonly), all on this machine. ${repetitions} runs of each, in turns. CPU is that of the workers.`,
    subject: 'Program',
    columns: [
      { title: 'jobs per second', best: 'highest' },
      { title: 'CPU ms per job', best: 'lowest', digits: 2 },
    ],
    rows: contenders.map(({ title }, row) => {
      const measured = results[row] ?? [];
      const fault = measured.find((result) => typeof result === 'string');
      if (fault !== undefined) return { title, cells: [fault, fault] };
      const runs = measured.filter((result) => typeof result !== 'string');
      return {
        title,
        cells: [
          spread(runs.map(({ jobsPerSecond }) => jobsPerSecond)),
          spread(runs.map(({ cpuMsPerJob }) => cpuMsPerJob)),
        ],
      };
    }),
    notes: [
      'They do not promise the same. `p-limit` forgets everything when its process ends. BullMQ runs a job again that a dead worker had, which is then paid for twice, and knows no budget. @sync3/batch records every step before and after it is taken, so that a job is submitted once whatever dies.',
      'Workers, server, PostgreSQL and Redis share the processors of this machine, which bound every row: more workers are no faster here. The CPU of PostgreSQL, which carries out the statements of @sync3/batch, is not in its column.',
      'Jobs of the API take minutes: ten of them a second are thousands under way.',
    ],
  };
};

/** @returns why it cannot be measured, where Redis is missing. */
export async function runBatch(
  { kind, workers }: Contender,
  jobs: number,
): Promise<Throughput | string> {
  const server = await startServer('instantRunware');
  const outputDirectory = mkdtempSync(join(tmpdir(), 'sync3-throughput-'));
  const indexes = Array.from({ length: jobs }, (_, index) => index);
  const shared = { url: server.url, outputDirectory };
  const start = (how: WorkerTask['how'], part: number) =>
    startScript(new URL('batch-throughput-worker.ts', import.meta.url), {
      ...shared,
      concurrency: part,
      how,
    } satisfies WorkerTask);
  const counted = Array.from({ length: workers }, (_, worker) => worker);
  const part = Math.ceil(concurrency / workers);
  let close = async () => {};
  let isQueueEmpty = async () => {};
  let children: ReturnType<typeof startScript>[];
  try {
    if (kind === 'batch') {
      const cluster = await startPostgres();
      close = () => cluster.remove();
      const databaseUrl = await cluster.createDatabase();
      const database = await openDatabase({ databaseUrl });
      await planBatch(
        indexes.map((index) => ({ key: `${index}`, params: paramsOf(index) })),
        database,
      );
      await database.close();
      children = counted.map(() => start({ kind, databaseUrl }, concurrency));
    } else if (kind === 'p-limit') {
      const own = (worker: number) => indexes.filter((index) => index % workers === worker);
      children = counted.map((worker) => start({ kind, indexes: own(worker) }, part));
    } else {
      const redis = await startRedis();
      if (!redis) return 'Redis is not installed';
      const connection = { host: '127.0.0.1', port: redis.port };
      const queue = new Queue<number>(queueName, { connection });
      const events = new QueueEvents(queueName, { connection });
      await events.waitUntilReady();
      await queue.addBulk(indexes.map((index) => ({ name: 'clip', data: index })));
      let done = 0;
      const allDone = new Promise<void>((resolve) => {
        events.on('completed', () => {
          done += 1;
          if (done === jobs) resolve();
        });
      });
      isQueueEmpty = () => allDone;
      close = async () => {
        await events.close();
        await queue.close();
        redis.stop();
      };
      children = counted.map(() => start({ kind, port: redis.port }, part));
    }
    await Promise.all(children.map((child) => nextMessage(child)));
    const startedAt = performance.now();
    const ends = children.map((child) => nextMessage<{ cpu: number }>(child));
    const exits = children.map((child) => once(child, 'exit'));
    for (const child of children) child.send('go');
    await isQueueEmpty();
    if (kind === 'bullmq') for (const child of children) child.send('end');
    const times = await Promise.all(ends);
    const seconds = (performance.now() - startedAt) / 1000;
    await Promise.all(exits);
    const files = readdirSync(outputDirectory).length;
    if (files !== jobs) throw new Error(`${files} of ${jobs} results were delivered.`);
    const cpu = times.reduce((sum, time) => sum + time.cpu, 0);
    return { jobsPerSecond: jobs / seconds, cpuMsPerJob: (1000 * cpu) / jobs };
  } finally {
    await close();
    server.stop();
    rmSync(outputDirectory, { recursive: true, force: true });
  }
}
