import { resolve } from 'node:path';
import type { Database } from '../database/database.js';
import type { DatabaseOptions } from '../database/open-database.js';
import { DatabaseInUseError } from '../errors/database-errors.js';
import { takeDirectory } from './hold-directory.js';
import { visitDirectory } from './visit-directory.js';

/** Opens the database of a directory; see `openDatabase`. */
export async function openDirectory({
  directory: path,
  access = 'any',
}: Extract<DatabaseOptions, { directory: string }>): Promise<Database> {
  const directory = resolve(path);
  if (access === 'visit') return visitDirectory(directory);
  try {
    return await takeDirectory(directory);
  } catch (error) {
    if (access === 'own' || !DatabaseInUseError.is(error)) throw error;
    return visitDirectory(directory);
  }
}
