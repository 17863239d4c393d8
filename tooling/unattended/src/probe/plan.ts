import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { fromText, fromVoice } from '../places.ts';

/**
 * `node plan.ts <root of the copy> <folder of the ledger>`: plans two items with the packages as they
 * are built there, and prints what planning has done as JSON.
 */
const [root = '', directory = ''] = process.argv.slice(2);
const { openDatabase, planBatch } = await import(
  pathToFileURL(join(root, 'packages/batch/dist/index.js')).href
);
const database = await openDatabase({ directory });
const summary = await planBatch([{ params: fromVoice }, { params: fromText }], database);
await database.close();
process.stdout.write(JSON.stringify(summary));
