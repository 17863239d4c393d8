import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openPglite } from '../../src/database/pglite-database.ts';
import { migrations } from '../../src/ledger/migrations.ts';
import { temporaryFolder } from './fresh-database.ts';

test('a new PGlite directory comes with the tables of this version and of the queue', async () => {
  const database = await openPglite({ directory: join(temporaryFolder(), 'batch') });
  const [versions] = await database.query('select max(version) as ledger from sync3.migration');
  const queues = await database.query('select name from sync3_queue.queue');
  await database.close();
  expect(versions).toEqual({ ledger: migrations.length });
  expect(queues).toEqual([]);
});

test('a directory that a killed process has left half made is made anew', async () => {
  const directory = temporaryFolder();
  const partial = join(directory, 'pglite-new-1');
  mkdirSync(partial);
  writeFileSync(join(partial, 'PG_VERSION'), '18\n');
  const database = await openPglite({ directory });
  await database.query('select count(*) from sync3.item');
  await database.close();
  expect(readdirSync(directory)).toEqual(['pglite']);
});
