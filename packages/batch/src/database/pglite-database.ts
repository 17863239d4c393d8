import { mkdir } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { PGlite, Transaction } from '@electric-sql/pglite';
import { DatabaseUnavailableError } from '../errors/database-errors.js';
import { columnParsers } from './column-types.js';
import type { Database, Parameter, Queries } from './database.js';
import { lockDirectory } from './directory-lock.js';
import { startPglite } from './start-pglite.js';

/**
 * Opens the PGlite database of a directory, which is made when it is missing, and locks it.
 *
 * @throws {DatabaseInUseError} another process has it open.
 * @throws {DatabaseUnavailableError} the directory cannot be written.
 */
export async function openPglite(path: string): Promise<Database> {
  const directory = resolve(path);
  await mkdir(directory, { recursive: true }).catch((cause: Error) => {
    throw new DatabaseUnavailableError(
      `Cannot make the batch directory "${directory}": ${cause.message}.`,
      { cause, retryable: false },
    );
  });
  let lost: DatabaseUnavailableError | undefined;
  const unlock = await lockDirectory(directory, (reason) => {
    lost = new DatabaseUnavailableError(
      `The lock on the batch directory "${directory}" was lost: ${reason}. Another process may have ` +
        'opened it, so this one has stopped using it. Nothing that was recorded is lost; start again.',
      { retryable: false, code: 'lockLost' },
    );
  });
  const pglite = await startPglite(directory).catch(async (cause: Error) => {
    await unlock();
    throw new DatabaseUnavailableError(
      `Cannot open the database in "${directory}": ${cause.message}.`,
      { cause, retryable: false },
    );
  });

  const queriesOf = (session: PGlite | Transaction): Queries => ({
    async query<Row>(text: string, parameters: readonly Parameter[] = []) {
      if (lost) throw lost;
      const { rows } = await session.query<Row>(text, [...parameters], { parsers: columnParsers });
      return rows;
    },
  });
  return {
    ...queriesOf(pglite),
    connection: { kind: 'pglite', pglite },
    async transaction(work) {
      if (lost) throw lost;
      return pglite.transaction((session) => work(queriesOf(session)));
    },
    async close() {
      if (pglite.closed) return;
      // It writes as it closes, which another process may be doing too once the lock is lost.
      if (!lost) await pglite.close();
      await unlock();
    },
  };
}
