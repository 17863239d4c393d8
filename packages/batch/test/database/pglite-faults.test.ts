import { execFileSync, spawnSync } from 'node:child_process';
import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { type Database, openDatabase } from '@sync3/batch';
import { expect, test } from 'vitest';
import { freshDatabase } from './fresh-database.ts';

const openedIn = (options: unknown) => (options as { directory: string }).directory;
const insert = (name: string) =>
  `insert into sync3.batch (name) values ('${name}') on conflict do nothing`;
const names = (database: Database) =>
  database.query('select name from sync3.batch order by name', [], { isIdempotent: true });

const programAt = (name: string) => new URL(name, import.meta.url).pathname;

test.each(['ENOSPC', 'EMFILE'])('%s is waited for, and then all is there', async (errno) => {
  const directory = openedIn(await freshDatabase('pglite'));
  const program = programAt('faulty-files.ts');
  const output = execFileSync(process.execPath, [program, directory, errno], { encoding: 'utf8' });
  const rows = [{ name: 'after' }, { name: 'before' }];
  expect(JSON.parse(output)).toEqual({
    refused: { name: 'DatabaseUnavailableError', retryable: true, isOutcomeUnknown: true },
    told: [expect.stringMatching(/disk|file handles/), 'end'],
    rows,
  });
  const database = await openDatabase({ directory });
  expect(await names(database)).toEqual(rows);
  await database.close();
});

test('a directory that was used with few file handles can be opened again', async () => {
  const directory = openedIn(await freshDatabase('pglite'));
  const program = programAt('few-handles.ts');
  const script = `ulimit -n 48 && exec "${process.execPath}" "${program}" "${directory}"`;
  const { stdout, stderr } = spawnSync('sh', ['-c', script], { encoding: 'utf8' });
  // How far 48 are enough may differ; what it was told in the other case is our own.
  expect(`${stdout}${stderr}`).toMatch(/^(works|DatabaseUnavailableError)$/m);
  const database = await openDatabase({ directory });
  expect(await names(database)).toEqual(stdout.startsWith('inserted') ? [{ name: 'one' }] : []);
  await database.close();
});

const modes = (directory: string) =>
  new Set(
    [
      directory,
      ...readdirSync(directory, { recursive: true, encoding: 'utf8' })
        // PostgreSQL's cache of its own catalog, which holds nothing of the batch.
        .filter((name) => !name.endsWith('pg_internal.init'))
        .map((name) => join(directory, name)),
    ].map((path) => {
      const stat = statSync(path);
      return `${stat.isDirectory() ? 'folder' : 'file'} ${(stat.mode & 0o777).toString(8)}`;
    }),
  );
const closed = new Set(['folder 700', 'file 600']);

test('nobody else can read a directory: a new one, what is added, and one of an earlier release', async () => {
  // A copy of one that was made new, with the rights of its files.
  const directory = openedIn(await freshDatabase('pglite'));
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
