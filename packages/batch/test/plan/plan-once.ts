// A program: plans the manifest of its second argument in the database of its first, tells of its
// progress, and ends.
import { Manifest, openDatabase, planBatch } from '@sync3/batch';

const [options = '', manifest = ''] = process.argv.slice(2);
const database = await openDatabase(JSON.parse(options));
console.log('open');
const summary = await planBatch(new Manifest(manifest), database, {
  onProgress: ({ lines }) => console.log(`lines ${lines}`),
});
console.log(`planned ${JSON.stringify(summary)}`);
await database.close();
