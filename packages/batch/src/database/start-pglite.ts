import { randomUUID } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, readdir, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { fileURLToPath } from 'node:url';
import { setFlagsFromString } from 'node:v8';
import { createBrotliDecompress } from 'node:zlib';
import { PGlite } from '@electric-sql/pglite';
import { makePrivate } from './private-files.js';

/** A database with the tables of this version, which `build/new-database.ts` has made. */
const newDatabase = fileURLToPath(
  new URL('../../dist/database/new-database.tar.br', import.meta.url),
);

/**
 * PGlite's own start parameters reserve 128 MB for its cache; a ledger needs little, as the system
 * caches files too. They would also keep a thousand files open; 64 is the least that PostgreSQL takes.
 */
const smallNeeds = [
  ...['-c', 'shared_buffers=16MB', '-c', 'maintenance_work_mem=16MB'],
  ...['-c', 'max_files_per_process=64'],
];

/**
 * Starts PGlite in the folder `pglite` of a directory, and makes it first when it is missing. The
 * directory must be locked.
 */
export async function startPglite(directory: string): Promise<PGlite> {
  const folder = join(directory, 'pglite');
  if (!(await exists(folder))) await create(directory, folder);
  await makePrivate(folder);
  // V8 compiles the hot parts of a WebAssembly module once more while it runs, which takes half a GB
  // for a while with this one, and gains little. The flags count while the module is loaded.
  setFlagsFromString('--no-wasm-tier-up');
  setFlagsFromString('--no-wasm-dynamic-tiering');
  try {
    return await PGlite.create(folder, {
      startParams: [...PGlite.defaultStartParams, ...smallNeeds],
    });
  } finally {
    setFlagsFromString('--wasm-tier-up');
    setFlagsFromString('--wasm-dynamic-tiering');
  }
}

/** Makes the folder all at once: one that is half made would be taken for a database. */
async function create(directory: string, folder: string): Promise<void> {
  for (const name of await readdir(directory)) {
    // What a process that died has left, unless it is still being written.
    if (name.startsWith('pglite-new-')) await remove(join(directory, name)).catch(() => {});
  }
  const partial = join(directory, `pglite-new-${randomUUID()}`);
  try {
    await mkdir(partial, { mode: 0o700 });
    const { extract } = await import('tar');
    await pipeline(
      createReadStream(newDatabase),
      createBrotliDecompress({ chunkSize: 256 * 1024 }),
      // The rights of the files are in the archive; the owner is this user, also where this is root.
      extract({ cwd: partial, preserveOwner: false, noMtime: true }),
    );
    await rename(partial, folder);
  } catch (error) {
    await remove(partial);
    throw error;
  }
}

function remove(path: string): Promise<void> {
  return rm(path, { recursive: true, force: true });
}

async function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}
