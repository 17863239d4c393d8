import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import {
  type BatchItem,
  countItems,
  type DatabaseOptions,
  type DeliveredFile,
  type ItemCounts,
  listItems,
  openDatabase,
  planBatch,
} from '@sync3/batch';
import { type Job, type MockStats, startMockServer } from '@sync3/mock-server';
import { type SpawnedWorker, spawnWorker } from '../work/spawn-worker.ts';
import { disturb } from './disturb.ts';

const unsteadyClock = fileURLToPath(new URL('unsteady-clock.ts', import.meta.url));
const mediaFolder = fileURLToPath(new URL('../../../../examples/media', import.meta.url));

/** USD, what the mock server asks for one clip. */
const price = 0.6;
/** USD, of sums of numbers that are not decimal. */
const tolerance = 0.000_001;

/**
 * How a batch is tormented. The wall clock of each worker is wrong and is set again and again; in
 * between the API answers nothing but 429 for a while, and PostgreSQL is read-only.
 */
export interface SoakOptions {
  database: DatabaseOptions;
  items: number;
  /** Workers at a time. */
  workers: number;
  /** How many of them are killed, each at a random moment, and started again. */
  kills: number;
  /** Longest time that a worker is left alone before it is killed, in ms. */
  longestLifeMs: number;
  concurrency: number;
  /** Share of the requests that a fault strikes. */
  chaos: number;
  seed: number;
  log?: (line: string) => void;
}

/** What has come of it. */
export interface SoakResult {
  counts: ItemCounts;
  stats: MockStats;
  /** How often the API has accepted each taskUUID; there must be nothing but ones. */
  acceptedOnce: boolean;
  /** USD, of all videos of the mock server. */
  charged: number;
  /** Items whose file is not there, or is not what the ledger says. */
  wrongFiles: string[];
  /** Files in the output folder that are no results. */
  strayFiles: string[];
  kills: number;
  /** Whether the jobs ever cost more than the budget of that time. */
  isBudgetPassed: boolean;
  /** How often the API refused everything, and the database every change. */
  disturbances: number;
  seconds: number;
  /** Of the worker that needed most, in MB. */
  peakMegabytes: number;
}

/** Works on a batch with workers that are killed again and again, against a server full of faults. */
export async function soak(options: SoakOptions): Promise<SoakResult> {
  const { database: where, items, workers, kills, chaos, seed, concurrency } = options;
  const { longestLifeMs, log = () => {} } = options;
  const outputDirectory = mkdtempSync(join(tmpdir(), 'sync3-soak-'));
  const mock = await startMockServer({ port: 0, chaos, seed, jobDurationMs: [300, 600] });
  try {
    const planner = await openDatabase(where);
    await planBatch(clips(items), planner, { mediaRoots: [mediaFolder] });
    await planner.close();
    const startedAt = Date.now();
    // Half of it first, so that the batch comes up against its budget; then just enough.
    let maxCost = (price * items) / 2;
    const charged = () =>
      mock.tasks.flatMap(({ results }) => results).reduce((sum, result) => sum + costOf(result), 0);
    const isBudgetPassed = () => charged() > maxCost + tolerance;
    let wasBudgetPassed = false;
    const disturbing = disturb({ mock, database: where, items, log });
    let killed = 0;
    let peak = 0;
    /** One worker after another in one place, until the batch is complete. */
    const keepWorking = async () => {
      for (;;) {
        const limits = { concurrency, maxCost };
        const work = { url: mock.url, outputDirectory, limits };
        const worker = spawnWorker(where, work, ['--import', unsteadyClock]);
        if (killed < kills) {
          killed += 1;
          if (await kill(worker, longestLifeMs)) {
            log(`killed ${killed} of ${kills}, ${mock.stats.charged} of ${items} submitted`);
            continue;
          }
        }
        const end = await worker.end;
        peak = Math.max(peak, end?.rssPeak ?? 0);
        if (end?.ending === 'complete') return;
        if (end?.ending !== 'budget') continue;
        wasBudgetPassed ||= isBudgetPassed();
        maxCost = price * items;
      }
    };
    await Promise.all(Array.from({ length: workers }, keepWorking));
    const seconds = (Date.now() - startedAt) / 1000;
    const disturbances = await disturbing.end();

    const ledger = await openDatabase(where);
    const counts = await countItems(ledger, 'default');
    const expected: DeliveredFile[] = [];
    for await (const { files } of listItems(ledger)) expected.push(...files);
    await ledger.close();
    const onDisk = readdirSync(outputDirectory);
    const tasks = mock.tasks.map(({ taskUUID }) => taskUUID);
    return {
      counts,
      stats: mock.stats,
      acceptedOnce: new Set(tasks).size === tasks.length && tasks.length === items,
      charged: charged(),
      wrongFiles: expected
        .filter(({ name, sha256 }) => hashOf(join(outputDirectory, name)) !== sha256)
        .map(({ name }) => name),
      strayFiles: onDisk.filter((name) => !expected.some((file) => file.name === name)),
      kills: killed,
      isBudgetPassed: wasBudgetPassed || isBudgetPassed(),
      disturbances,
      seconds,
      peakMegabytes: Math.round(peak / 1024),
    };
  } finally {
    await mock.close();
    rmSync(outputDirectory, { recursive: true, force: true });
  }
}

function* clips(items: number): Generator<BatchItem> {
  for (let index = 1; index <= items; index++) {
    const inputs = {
      video: join(mediaFolder, 'face.mp4'),
      audio: join(mediaFolder, 'line-short.wav'),
    };
    yield { key: `clip-${index}`, params: { inputs } };
  }
}

/** Kills a worker at a random moment after it has begun. @returns whether it was still at work. */
async function kill(worker: SpawnedWorker, longestLifeMs: number): Promise<boolean> {
  await worker.until(({ event }) => event === 'progress');
  await Promise.race([sleep(Math.random() * longestLifeMs), worker.end]);
  worker.child.kill('SIGKILL');
  return (await worker.end) === undefined;
}

function hashOf(path: string): string | undefined {
  try {
    return createHash('sha256').update(readFileSync(path)).digest('hex');
  } catch {
    return undefined;
  }
}

function costOf({ outcome }: Job['results'][number]): number {
  return outcome && 'cost' in outcome ? outcome.cost : 0;
}
