// A program: begins to change the ledger of the directory that its argument names, says so, and stays
// in the middle of the change until it is killed.
import { openDatabase } from '@sync3/batch';

const database = await openDatabase({ directory: `${process.argv[2]}`, access: 'visit' });
await database.transaction(async ({ query }) => {
  await query(`insert into sync3.batch (name) values ('half done')`);
  console.log('begun');
  await new Promise((resolve) => setTimeout(resolve, 3_600_000));
});
