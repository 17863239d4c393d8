import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { type Database, type DatabaseOptions, openDatabase, workOnBatch } from '@sync3/batch';
import { expect, onTestFinished, test } from 'vitest';
import { serveDatabase } from '../../src/share/serve-database.ts';
import { freshDatabase, temporaryFolder } from '../database/fresh-database.ts';

const programs = new URL('..', import.meta.url).pathname;

async function freshDirectory(): Promise<string> {
  return ((await freshDatabase('pglite')) as { directory: string }).directory;
}

async function open(
  directory: string,
  access?: Extract<DatabaseOptions, { directory: string }>['access'],
): Promise<Database> {
  const database = await openDatabase({ directory, ...(access && { access }) });
  onTestFinished(() => database.close());
  return database;
}

/** Another process, as soon as it has said a word. */
async function run(program: string, directory: string): Promise<ChildProcess> {
  const child = spawn(process.execPath, [join(programs, program), directory], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  await once(child.stdout, 'data');
  return child;
}

async function kill(child: ChildProcess): Promise<void> {
  const ended = once(child, 'exit');
  child.kill('SIGKILL');
  await ended;
}

function socketOf(directory: string): string {
  return JSON.parse(readFileSync(join(directory, 'socket.json'), 'utf8')).path;
}

const names = (database: Database) =>
  database.query<{ name: string }>('select name from sync3.batch order by name', [], {
    isIdempotent: true,
  });

test('a directory that another process has open is read and changed through that process', async () => {
  const directory = await freshDirectory();
  await run('database/hold-directory.ts', directory);
  const visitor = await open(directory);
  expect(visitor.connection.kind).toBe('shared');
  expect(await names(visitor)).toEqual([{ name: 'of a program' }]);
  await visitor.transaction(async ({ query }) => {
    await query('insert into sync3.batch (name) values ($1)', ['of a visitor \u2028 ä']);
  });
  expect(await names(visitor)).toContainEqual({ name: 'of a visitor \u2028 ä' });
});

test('values and errors are the same as in the process that has the directory', async () => {
  const directory = await freshDirectory();
  const holder = await open(directory);
  const visitor = await open(directory);
  const text = `select 5000000000::bigint as large, 1.25::numeric as cost, null::text as nothing,
    $1::timestamptz as at, '{"at":"2026-01-01T00:00:00.000Z"}'::json as json, $2::text as text`;
  const parameters = [new Date('2026-11-30T12:00:00.500Z'), "it's"];
  expect(await visitor.query(text, parameters)).toEqual(await holder.query(text, parameters));
  await holder.query(`insert into sync3.batch (name) values ('once')`);
  const again = visitor.query(`insert into sync3.batch (name) values ('once')`);
  await expect(again).rejects.toMatchObject({ code: '23505' });
});

test('while a visitor is in a transaction, the statements of others wait and are not undone with it', async () => {
  const directory = await freshDirectory();
  const holder = await open(directory);
  const visitor = await open(directory);
  let ofHolder: Promise<unknown> | undefined;
  const undone = visitor.transaction(async ({ query }) => {
    await query(`insert into sync3.batch (name) values ('undone')`);
    ofHolder = holder.query(`insert into sync3.batch (name) values ('kept')`);
    await query('select 1');
    throw new Error('changed its mind');
  });
  await expect(undone).rejects.toThrow('changed its mind');
  await ofHolder;
  expect(await names(holder)).toEqual([{ name: 'kept' }]);
});

test('what a visitor that was killed has begun is undone, and others go on', async () => {
  const directory = await freshDirectory();
  const holder = await open(directory);
  const child = await run('share/change-slowly.ts', directory);
  await kill(child);
  expect(await names(holder)).toEqual([]);
});

test('a visitor that hangs in a transaction keeps nobody waiting for longer than the bound', async () => {
  const directory = await freshDirectory();
  const holder = await open(directory);
  // The same, with a bound that does not take the time of the tests.
  const elsewhere = temporaryFolder();
  const stop = await serveDatabase(holder, elsewhere, {
    longestTransactionMs: 100,
    onYield: () => false,
  });
  onTestFinished(stop);
  const visitor = await open(elsewhere, 'visit');
  let ofHolder: Promise<unknown> | undefined;
  const hanging = visitor.transaction(async ({ query }) => {
    await query(`insert into sync3.batch (name) values ('undone')`);
    ofHolder = holder.query(`insert into sync3.batch (name) values ('kept')`);
    await ofHolder;
    await query('select 1');
  });
  await expect(hanging).rejects.toMatchObject({
    name: 'DatabaseUnavailableError',
    code: 'transactionTooLong',
    retryable: true,
    isOutcomeUnknown: false,
  });
  expect(await names(visitor)).toEqual([{ name: 'kept' }]);
});

test('a visitor goes on when the holder ends, and when it is killed', async () => {
  const directory = await freshDirectory();
  const first = await open(directory);
  const visitor = await open(directory);
  await first.query(`insert into sync3.batch (name) values ('first')`);
  await first.close();
  expect(await names(visitor)).toEqual([{ name: 'first' }]);
  // By now the visitor has the directory; a process that comes gets it.
  const child = await run('database/hold-directory.ts', directory);
  expect(await names(visitor)).toHaveLength(2);
  await kill(child);
  expect(await names(visitor)).toHaveLength(2);
});

test('a visitor that is in a transaction when the holder ends is told that all of it was undone', async () => {
  const directory = await freshDirectory();
  const holder = await open(directory);
  const visitor = await open(directory);
  const change = visitor.transaction(async ({ query }) => {
    await query(`insert into sync3.batch (name) values ('undone')`);
    await holder.close();
    await query('select 1');
  });
  await expect(change).rejects.toMatchObject({
    name: 'DatabaseUnavailableError',
    isOutcomeUnknown: false,
  });
  expect(await names(visitor)).toEqual([]);
});

test('a visitor gives the directory up to a worker, after what it has under way', async () => {
  const directory = await freshDirectory();
  const visitor = await open(directory, 'visit');
  let opening: Promise<Database> | undefined;
  await visitor.transaction(async ({ query }) => {
    await query(`insert into sync3.batch (name) values ('under way')`);
    opening = open(directory, 'own');
    await query('select 1');
  });
  const worker = await opening;
  expect(worker?.connection.kind).toBe('pglite');
  expect(await names(visitor)).toEqual([{ name: 'under way' }]);
});

test('a second worker is refused, also when it finds out late', async () => {
  const directory = await freshDirectory();
  const holder = await open(directory);
  await holder.query(`insert into sync3.batch (name) values ('default')`);
  await expect(openDatabase({ directory, access: 'own' })).rejects.toMatchObject({
    name: 'DatabaseInUseError',
    message: expect.stringContaining(`process ${process.pid} on `),
  });
  const second = await open(directory);
  await expect(
    workOnBatch(second, { outputDirectory: temporaryFolder(), client: { apiKey: 'none' } }),
  ).rejects.toMatchObject({ name: 'DatabaseInUseError' });
});

test.skipIf(process.platform === 'win32')(
  'the socket is for this user alone, in a short path, and goes with its holder',
  async () => {
    const directory = join(temporaryFolder(), 'd'.repeat(150));
    const holder = await open(directory);
    const path = socketOf(directory);
    expect(Buffer.byteLength(path)).toBeLessThan(100);
    expect(statSync(path).mode & 0o777).toBe(0o600);
    expect(statSync(dirname(path)).mode & 0o777).toBe(0o700);
    expect(statSync(join(directory, 'socket.json')).mode & 0o777).toBe(0o600);
    expect(await names(await open(directory))).toEqual([]);
    await holder.close();
    expect(existsSync(dirname(path))).toBe(false);
  },
);

test('the socket of a holder that was killed is removed by the next', async () => {
  const directory = await freshDirectory();
  const child = await run('database/hold-directory.ts', directory);
  const path = socketOf(directory);
  await kill(child);
  const holder = await open(directory);
  expect(holder.connection.kind).toBe('pglite');
  expect(existsSync(dirname(path))).toBe(false);
  expect(socketOf(directory)).not.toBe(path);
});
