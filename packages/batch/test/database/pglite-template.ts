import { createHash } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
} from 'node:fs';
import { join } from 'node:path';
import { openDatabase } from '@sync3/batch';

const cache = new URL('../../node_modules/.cache/pglite-template/', import.meta.url).pathname;
const built = new URL('../../dist/', import.meta.url).pathname;

/**
 * Makes a migrated PGlite directory that tests copy: to make one takes several seconds of a processor.
 * It is kept for the next run, as long as the code that made it is the same.
 */
export async function makeTemplate(): Promise<string> {
  const name = hashOfCode();
  const template = join(cache, name);
  if (existsSync(template)) return template;
  mkdirSync(cache, { recursive: true });
  for (const other of readdirSync(cache)) {
    // Another run may be making one.
    if (!other.startsWith('new-')) rmSync(join(cache, other), { recursive: true, force: true });
  }
  const partial = mkdtempSync(join(cache, 'new-'));
  const database = await openDatabase({ directory: partial });
  await database.close();
  try {
    renameSync(partial, template);
  } catch (error) {
    rmSync(partial, { recursive: true, force: true });
    if (!existsSync(template)) throw error;
  }
  return template;
}

/** SHA-256 of the code that makes a database, in hex. */
function hashOfCode(): string {
  const hash = createHash('sha256');
  for (const folder of ['database', 'ledger']) {
    for (const name of readdirSync(join(built, folder)).sort()) {
      if (name.endsWith('.js')) hash.update(readFileSync(join(built, folder, name)));
    }
  }
  hash.update(readFileSync(new URL('../../package.json', import.meta.url)));
  return hash.digest('hex');
}
