import { execFileSync, spawnSync } from 'node:child_process';
import fs, { readdirSync, statSync } from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import { join } from 'node:path';
import { type Database, openDatabase } from '@sync3/batch';
import { expect, onTestFinished, test } from 'vitest';
import { until } from '../work/scene.ts';
import { freshDatabase, openFresh, temporaryFolder } from './fresh-database.ts';

const openedIn = (options: unknown) => (options as { directory: string }).directory;
const insert = (name: string) =>
  `insert into sync3.batch (name) values ('${name}') on conflict do nothing`;
const names = (database: Database) =>
  database.query('select name from sync3.batch order by name', [], { isIdempotent: true });

/** Until `mend` is called, the named functions of `node:fs`, which PGlite works with, fail with a code. */
function breakFiles(code: string, functions: ('writeSync' | 'openSync' | 'ftruncateSync')[]) {
  const real = functions.map((name) => [name, fs[name]] as const);
  for (const [name, original] of real) {
    fs[name] = ((...given: unknown[]) => {
      // What the test itself says goes on.
      if (name === 'writeSync' && Number(given[0]) < 3) return Reflect.apply(original, fs, given);
      throw Object.assign(new Error(code), { code, errno: code === 'ENOSPC' ? -28 : -24 });
    }) as never;
  }
  syncBuiltinESMExports();
  const mend = () => {
    for (const [name, original] of real) fs[name] = original as never;
    syncBuiltinESMExports();
  };
  onTestFinished(mend);
  return mend;
}

test.each([
  ['a full disk', 'ENOSPC', ['writeSync', 'ftruncateSync'], 'no room on its disk', '53100'],
  ['too few file handles', 'EMFILE', ['openSync'], 'too few file handles', '53000'],
] as const)('%s is waited for, and then all is there', async (_, errno, functions, words, code) => {
  const { database, options } = await openFresh('pglite');
  const told: string[] = [];
  database.onWait({ begin: (message) => told.push(message), end: () => told.push('end') });
  await database.query(insert('before'));
  // Something that needs room on the disk, and files that are not open yet.
  const large = `create table sync3.large as
    select md5(number::text) as text from generate_series(1, 20000) number`;
  const mend = breakFiles(errno, [...functions]);
  await expect(database.query(large)).rejects.toMatchObject({
    name: 'DatabaseUnavailableError',
    code,
    retryable: true,
    message: expect.stringContaining(words),
  });
  const waiting = database.query(large.replace('create table', 'create table if not exists'), [], {
    isIdempotent: true,
  });
  await until(() => told.length > 0);
  mend();
  await waiting;
  expect(told.at(-1)).toBe('end');
  await database.query(insert('after'));
  expect(await names(database)).toEqual([{ name: 'after' }, { name: 'before' }]);
  await database.close();
  const again = await openDatabase(options);
  expect(await names(again)).toEqual([{ name: 'after' }, { name: 'before' }]);
  await again.close();
});

test('a directory that was used with few file handles can be opened again', async () => {
  const directory = openedIn(await freshDatabase('pglite'));
  const program = new URL('few-handles.ts', import.meta.url).pathname;
  const script = `ulimit -n 48 && exec "${process.execPath}" "${program}" "${directory}"`;
  const { stdout, stderr } = spawnSync('sh', ['-c', script], { encoding: 'utf8' });
  // Whether 48 are enough may differ; what it was told in the other case is our own.
  expect(`${stdout}${stderr}`).toMatch(/^(works|DatabaseUnavailableError)$/m);
  const database = await openDatabase({ directory });
  expect(await names(database)).toEqual(stdout.startsWith('works') ? [{ name: 'one' }] : []);
  await database.close();
});

const modes = (directory: string) =>
  new Set(
    [
      directory,
      ...readdirSync(directory, { recursive: true }).map((name) => join(directory, `${name}`)),
    ].map((path) => {
      const stat = statSync(path);
      return `${stat.isDirectory() ? 'folder' : 'file'} ${(stat.mode & 0o777).toString(8)}`;
    }),
  );
const closed = new Set(['folder 700', 'file 600']);

test('nobody else can read a directory: a new one, what is added, and one of an earlier release', async () => {
  const directory = join(temporaryFolder(), 'batch');
  const database = await openDatabase({ directory });
  await database.query(insert('one'));
  await database.query('create table sync3.later as select 1 as one');
  // A lock is a folder of the library that makes it, in a folder that is closed.
  const inside = () => modes(join(directory, 'pglite'));
  expect(inside()).toEqual(closed);
  expect(statSync(directory).mode & 0o777).toBe(0o700);
  expect(statSync(join(directory, 'lock-holder.json')).mode & 0o777).toBe(0o600);
  await database.close();
  execFileSync('chmod', ['-R', 'a+rwX', directory]);
  const again = await openDatabase({ directory });
  expect(inside()).toEqual(closed);
  expect(statSync(directory).mode & 0o777).toBe(0o700);
  await again.close();
});
