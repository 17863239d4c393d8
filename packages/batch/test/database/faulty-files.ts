// A program: works with the directory that its first argument names, while what PGlite does to its files
// fails with the code of the second, until that has been waited for. Prints what it saw as JSON.
import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import { type DatabaseUnavailableError, openDatabase } from '@sync3/batch';

const [directory = '', code = ''] = process.argv.slice(2);
const names =
  code === 'EMFILE' ? (['openSync'] as const) : (['writeSync', 'ftruncateSync'] as const);
let isBroken = false;
for (const name of names) {
  const original = fs[name] as (...given: unknown[]) => unknown;
  fs[name] = ((...given: unknown[]) => {
    // What this program prints goes on.
    const isOutput = name === 'writeSync' && Number(given[0]) < 3;
    if (!isBroken || isOutput) return original(...given);
    throw Object.assign(new Error(code), { code, errno: code === 'ENOSPC' ? -28 : -24 });
  }) as never;
}
syncBuiltinESMExports();

const database = await openDatabase({ directory });
const told: string[] = [];
database.onWait({
  begin(message) {
    told.push(message);
    isBroken = false;
  },
  end: () => told.push('end'),
});
await database.query(`insert into sync3.batch (name) values ('before')`);
// Something that needs room on the disk, and files that are not open yet.
const large = `create table if not exists sync3.large as
  select md5(number::text) as text from generate_series(1, 20000) number`;
isBroken = true;
const refused: DatabaseUnavailableError = await database.query(large).then(
  () => undefined,
  (error) => error,
);
await database.query(large, [], { isIdempotent: true });
await database.query(`insert into sync3.batch (name) values ('after')`);
const rows = await database.query('select name from sync3.batch order by name');
await database.close();
const { name, retryable, isOutcomeUnknown } = refused;
console.log(JSON.stringify({ refused: { name, retryable, isOutcomeUnknown }, told, rows }));
