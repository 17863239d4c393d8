// A program: writes the report of the database of its first argument to the path of its second, and
// says what became of it.
import { openDatabase, writeReport } from '@sync3/batch';

// A file that may not grow is to be an error, and not the end.
process.on('SIGXFSZ', () => {});

const [options = '', path = ''] = process.argv.slice(2);
const database = await openDatabase(JSON.parse(options));
await writeReport(database, { path, outputDirectory: 'output' }).then(
  () => console.log('written'),
  (error) => console.log(`${error.name}: ${error.message}`),
);
await database.close();
