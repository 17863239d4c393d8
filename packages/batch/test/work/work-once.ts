// A program: works on the batch of a database until it is complete, and tells of each turn of events as
// a line of JSON. Its argument is JSON: { database, ...options of workOnBatch }.
import { openDatabase, workOnBatch } from '@sync3/batch';

const { database: where, ...options } = JSON.parse(process.argv[2] ?? '');
const tell = (event: unknown) => process.stdout.write(`${JSON.stringify(event)}\n`);
const controller = new AbortController();
process.once('SIGTERM', () => controller.abort());
const database = await openDatabase(where);
const summary = await workOnBatch(database, {
  ...options,
  onEvent: tell,
  signal: controller.signal,
});
tell({ event: 'end', rssPeak: process.resourceUsage().maxRSS, ...summary });
await database.close();
