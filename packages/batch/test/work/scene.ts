import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  type BatchItem,
  type Database,
  type DatabaseOptions,
  type Item,
  openDatabase,
  planBatch,
  type WorkEvent,
  type WorkOptions,
  type WorkSummary,
  workOnBatch,
} from '@sync3/batch';
import { type MockServer, type MockServerOptions, startMockServer } from '@sync3/mock-server';
import type { ClientOptions } from '@sync3/sdk';
import { onTestFinished } from 'vitest';
import { findItems } from '../../src/ledger/item.ts';
import { type kinds, openFresh, temporaryFolder } from '../database/fresh-database.ts';
import { tinyVideo, tinyVoice } from './tiny-media.ts';

/** A ledger, a mock server and an output folder, until the test ends. */
export interface Scene {
  mock: MockServer;
  database: Database;
  where: DatabaseOptions;
  /** Where results go. */
  output: string;
  /** What the workers of this process have told. */
  events: WorkEvent[];
  /** Sets the clock of the server forward, in ms. */
  advance(ms: number): void;
  /** Plans so many items, `clip-1` and so on, or these. */
  plan(items: number | BatchItem[]): Promise<void>;
  /** Works on the batch in this process. */
  work(options?: Partial<WorkOptions>): Promise<WorkSummary>;
  /** The same over another connection, as another worker does. */
  workOn(database: Database, options?: Partial<WorkOptions>): Promise<WorkSummary>;
  /** One more connection to the same PostgreSQL database. */
  connect(): Promise<Database>;
  items(): Promise<Item[]>;
  item(key?: string): Promise<Item>;
  /** The bytes of a result; `undefined` when it is not there. */
  result(name: string): Buffer | undefined;
}

/** How the tests look at their jobs: often, as these take a moment. */
export function clientOf(mock: { url: string }, changes: ClientOptions = {}): ClientOptions {
  const polling = { minIntervalMs: 50, maxIntervalMs: 100 };
  return { baseUrl: mock.url, apiKey: 'key-of-the-tests', polling, ...changes };
}

const dataUri = (type: string, bytes: Buffer) => `data:${type};base64,${bytes.toString('base64')}`;
/** Inputs that need no upload. */
export const inlineInputs = {
  video: dataUri('video/mp4', tinyVideo),
  audio: dataUri('audio/wav', tinyVoice()),
};

/** An item with inline inputs. */
export function tinyItem(n: number, params: Record<string, unknown> = {}): BatchItem {
  return { key: `clip-${n}`, params: { inputs: inlineInputs, ...params } };
}

/** Inputs that are local files. */
export function localInputs(folder = temporaryFolder()) {
  const video = join(folder, 'face.mp4');
  const audio = join(folder, 'voice.wav');
  writeFileSync(video, tinyVideo);
  writeFileSync(audio, tinyVoice());
  return { video, audio };
}

/** So many items, all with the same local files. */
export function localItems(count: number): BatchItem[] {
  const inputs = localInputs();
  return Array.from({ length: count }, (_, index) => ({
    key: `clip-${index + 1}`,
    params: { inputs },
  }));
}

/** Makes a scene. */
export async function openScene(
  kind: (typeof kinds)[number] = 'postgres',
  options: MockServerOptions = {},
): Promise<Scene> {
  let ahead = 0;
  const now = () => Date.now() + ahead;
  const mock = await startMockServer({ jobDurationMs: 100, now, ...options });
  onTestFinished(() => mock.close());
  const { database, options: where } = await openFresh(kind);
  const output = join(temporaryFolder(), 'output');
  const events: WorkEvent[] = [];
  const workOn: Scene['workOn'] = (through, changes) =>
    workOnBatch(through, {
      outputDirectory: output,
      client: clientOf(mock),
      onEvent: (event) => events.push(event),
      // What cannot be settled is looked at again by the next run of a test.
      longestLookMs: 0,
      ...changes,
    });
  return {
    mock,
    database,
    where,
    output,
    events,
    advance(ms) {
      ahead += ms;
    },
    async plan(items) {
      const list =
        typeof items === 'number'
          ? Array.from({ length: items }, (_, index) => tinyItem(index + 1))
          : items;
      await planBatch(list, database, { mediaRoots: [tmpdir()] });
    },
    workOn,
    work: (changes) => workOn(database, changes),
    async connect() {
      const further = await openDatabase(where);
      onTestFinished(() => further.close());
      return further;
    },
    items: () => findItems(database, 'true order by id'),
    async item(key = 'clip-1') {
      const [item] = await findItems(database, 'key = $1', [key]);
      if (!item) throw new Error(`There is no item "${key}".`);
      return item;
    },
    result(name) {
      const path = join(output, name);
      return existsSync(path) ? readFileSync(path) : undefined;
    },
  };
}

/** Resolves as soon as something holds. */
export async function until(holds: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await holds())) await new Promise((resolve) => setTimeout(resolve, 10));
}

/** Resolves as soon as so many workers are there and know of each other. */
export async function untilMet({ database }: Scene, count: number): Promise<void> {
  const workers = 'select 1 from sync3.worker';
  await until(async () => (await database.query(workers)).length === count);
  const [all] = await database.query<{ since: string }>('select now()::text as since');
  // Each looks for the others as it says that it is alive.
  const unaware = `${workers} where seen_at < $1::text::timestamptz`;
  await until(async () => (await database.query(unaware, [`${all?.since}`])).length === 0);
}
