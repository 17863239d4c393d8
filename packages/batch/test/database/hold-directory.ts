// A program: opens the directory that its argument names, says so, and stays until it is killed.
import { openDatabase } from '@sync3/batch';

const database = await openDatabase({ directory: `${process.argv[2]}` });
await database.query(`insert into sync3.batch (name) values ('of a program')`);
console.log('open');
setInterval(() => {}, 1000);
