// A program: works with the directory that its argument names, and tells how that ended.
import { openDatabase } from '@sync3/batch';

try {
  const database = await openDatabase({ directory: `${process.argv[2]}`, patienceMs: 0 });
  await database.query(`insert into sync3.batch (name) values ('one')`);
  console.log('inserted');
  await database.query('create table sync3.large as select generate_series(1, 1000) as number');
  await database.close();
  console.log('works');
} catch (error) {
  console.log((error as Error).name);
  process.exit();
}
