import { resolve } from 'node:path';
import type { Database } from '../database/database.js';
import { DatabaseInUseError } from '../errors/database-errors.js';
import type { DirectoryOptions } from './directory-options.js';
import { takeDirectory } from './hold-directory.js';
import { visitDirectory } from './visit-directory.js';

/** Opens the database of a directory; see `openDatabase`. */
export async function openDirectory({
  access = 'any',
  ...options
}: DirectoryOptions): Promise<Database> {
  const place = { ...options, directory: resolve(options.directory) };
  if (access === 'visit') return visitDirectory(place);
  try {
    return await takeDirectory(place);
  } catch (error) {
    if (access === 'own' || !DatabaseInUseError.is(error)) throw error;
    return visitDirectory(place);
  }
}
