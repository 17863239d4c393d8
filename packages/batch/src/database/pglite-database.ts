import { mkdir } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { PGlite, Transaction } from '@electric-sql/pglite';
import { DatabaseUnavailableError } from '../errors/database-errors.js';
import { columnParsers } from './column-types.js';
import type { Database, Parameter, QueryOptions } from './database.js';
import { lockDirectory } from './directory-lock.js';
import { PgliteInstance } from './pglite-instance.js';
import { closeToOthers } from './private-files.js';
import { defaultPatienceMs, Waiting } from './waiting.js';

/** Where a PGlite database is kept. */
export interface PgliteOptions {
  /** A folder of the batch's own; made when it is missing, and closed to other users. */
  directory: string;
  /** How long a fault of the database is waited for, as a full disk, in ms. @default 60_000 */
  patienceMs?: number | undefined;
}

/**
 * Opens the PGlite database of a directory, which is made when it is missing, and locks it.
 *
 * @throws {DatabaseInUseError} another process has it open.
 * @throws {DatabaseUnavailableError} the directory cannot be written.
 */
export async function openPglite({
  directory: path,
  patienceMs = defaultPatienceMs,
}: PgliteOptions): Promise<Database> {
  const directory = resolve(path);
  await mkdir(directory, { recursive: true, mode: 0o700 }).catch((cause: Error) => {
    throw new DatabaseUnavailableError(
      `Cannot make the batch directory "${directory}": ${cause.message}.`,
      { cause, retryable: false },
    );
  });
  await closeToOthers(directory);
  let lost: DatabaseUnavailableError | undefined;
  const unlock = await lockDirectory(directory, (reason) => {
    lost = new DatabaseUnavailableError(
      `The lock on the batch directory "${directory}" was lost: ${reason}. Another process may have ` +
        'opened it, so this one has stopped using it. Nothing that was recorded is lost; start again.',
      { retryable: false, code: 'lockLost' },
    );
  });
  const instance = await PgliteInstance.start(directory).catch(async (error) => {
    await unlock();
    throw error;
  });
  const waiting = new Waiting(patienceMs);
  const use = <Value>(act: (pglite: PGlite) => Promise<Value>) => {
    if (lost) throw lost;
    return instance.use(act);
  };

  async function query<Row>(
    text: string,
    parameters: readonly Parameter[] = [],
    { isIdempotent = false }: QueryOptions = {},
  ) {
    return waiting.retry(
      () => use((pglite) => send<Row>(pglite, text, parameters)),
      ({ isOutcomeUnknown }) => isIdempotent || !isOutcomeUnknown,
    );
  }
  return {
    query,
    async transaction(work) {
      let isEnding = false;
      try {
        return await use((pglite) =>
          pglite.transaction(async (session) => {
            const result = await work({
              query: (text, parameters) => send(session, text, parameters),
            });
            isEnding = true;
            return result;
          }),
        );
      } catch (error) {
        if (!DatabaseUnavailableError.is(error) || isEnding) throw error;
        const { message, cause, code, retryable } = error;
        // It never came to its end, so that nothing of it was recorded.
        throw new DatabaseUnavailableError(message, { cause, code, retryable });
      }
    },
    executeSql: (text, values) =>
      waiting.retry(() => use((pglite) => execute(pglite, text, values))),
    onWait: (listener) => waiting.listen(listener),
    get connection() {
      return { kind: 'pglite' as const, pglite: instance.current };
    },
    async close() {
      if (instance.isClosed) return;
      // It writes as it closes, which another process may be doing too once the lock is lost.
      if (!lost) await instance.close();
      await unlock();
    },
  };
}

async function send<Row>(
  session: PGlite | Transaction,
  text: string,
  parameters: readonly Parameter[] = [],
): Promise<Row[]> {
  const { rows } = await session.query<Row>(text, [...parameters], { parsers: columnParsers });
  return rows;
}

/** A text with parameters is one statement for PGlite; one without may be several. */
async function execute(pglite: PGlite, text: string, values: unknown[] = []) {
  if (values.length > 0) return pglite.query(text, values);
  try {
    const results = await pglite.exec(text);
    return { rows: results.flatMap(({ rows }) => rows) };
  } catch (error) {
    // A text that begins a transaction of its own leaves it open where it fails.
    await pglite.exec('rollback').catch(() => {});
    throw error;
  }
}
