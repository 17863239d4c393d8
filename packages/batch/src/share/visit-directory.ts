import { setTimeout as sleep } from 'node:timers/promises';
import type { Database, Queries } from '../database/database.js';
import type { PgliteOptions } from '../database/pglite-database.js';
import { DatabaseInUseError, DatabaseUnavailableError } from '../errors/database-errors.js';
import { migrations } from '../ledger/migrations.js';
import { connectDatabase } from './connect-database.js';
import { holdDirectory } from './hold-directory.js';
import { findSocket } from './socket-place.js';

/** How long a holder may take until it answers, in ms: it may be starting, or carry out a statement. */
const patienceMs = 15_000;
const retryMs = 100;
/** For so long after it was given up the directory is left to the worker that asked for it, in ms. */
const leaveMs = 3_000;

/** The way to the database at a time. */
interface Way extends Queries, Pick<Database, 'transaction' | 'close'> {
  readonly isLost: boolean;
}

/**
 * Opens the database of a directory beside a worker that may have it: over the worker's socket while
 * there is one, else in this process, until a worker asks for it. Goes on when workers come and go.
 *
 * @throws {DatabaseInUseError} the process that has it does not answer.
 * @throws {DatabaseUnavailableError} that process is of another version of this package.
 */
export async function visitDirectory(place: PgliteOptions): Promise<Database> {
  const { directory } = place;
  let way: Way | undefined;
  let opening: Promise<Way> | undefined;
  let leaveUntil = 0;
  let users = 0;
  let isClosed = false;
  let onIdle = () => {};

  async function find(): Promise<Way> {
    const deadline = performance.now() + patienceMs;
    for (;;) {
      const connected = await connectToHolder(directory, deadline - performance.now());
      if (connected) return connected;
      try {
        if (performance.now() >= leaveUntil) return await hold();
      } catch (error) {
        if (!DatabaseInUseError.is(error) || performance.now() > deadline) throw error;
      }
      await sleep(retryMs);
    }
  }

  async function hold(): Promise<Way> {
    let isLost = false;
    const database = await holdDirectory(place, () => {
      isLost = true;
      leaveUntil = performance.now() + leaveMs;
      void whenIdle().then(() => database.close());
      return true;
    });
    const { query, transaction, close } = database;
    return {
      query,
      transaction,
      close,
      get isLost() {
        return isLost;
      },
    };
  }

  /** Resolves when no statement of this process is under way. */
  async function whenIdle(): Promise<void> {
    while (users > 0) await new Promise<void>((resolve) => (onIdle = resolve));
  }

  async function currentWay(): Promise<Way> {
    if (isClosed)
      throw new DatabaseUnavailableError('The database was closed.', { retryable: false });
    if (way && !way.isLost) return way;
    opening ??= find().finally(() => {
      opening = undefined;
    });
    way = await opening;
    return way;
  }

  /** @param mayRepeat whether to go another way after this error. */
  async function use<Result>(
    work: (way: Way) => Promise<Result>,
    mayRepeat: (error: unknown) => boolean,
  ): Promise<Result> {
    for (;;) {
      const current = await currentWay();
      users += 1;
      try {
        return await work(current);
      } catch (error) {
        if (!current.isLost || !mayRepeat(error)) throw error;
      } finally {
        users -= 1;
        if (users === 0) onIdle();
      }
    }
  }

  await currentWay();
  return {
    connection: { kind: 'shared' },
    query: (text, parameters, options) =>
      use(
        (current) => current.query(text, parameters, options),
        (error) => options?.isIdempotent === true || isUnsent(error),
      ),
    transaction(work) {
      let hasBegun = false;
      return use(
        (current) =>
          current.transaction((queries) => {
            hasBegun = true;
            return work(queries);
          }),
        () => !hasBegun,
      );
    },
    async executeSql() {
      throw new DatabaseInUseError(`Another process may have "${directory}" open.`);
    },
    // The process that has the directory open waits for its faults.
    onWait: () => () => {},
    async close() {
      isClosed = true;
      await opening?.catch(() => {});
      await way?.close();
    },
  };
}

/** Whether a statement was certainly not carried out because its connection was lost. */
function isUnsent(error: unknown): boolean {
  return (
    DatabaseUnavailableError.is(error) && !(error as DatabaseUnavailableError).isOutcomeUnknown
  );
}

/** @returns `undefined` when nobody answers. */
async function connectToHolder(directory: string, timeoutMs: number) {
  const path = await findSocket(directory);
  if (path === undefined) return undefined;
  const holder = await connectDatabase(path, Math.max(timeoutMs, 1)).catch(() => undefined);
  if (!holder) return undefined;
  const version = await holder.version();
  if (version === migrations.length) return holder;
  await holder.close();
  throw new DatabaseUnavailableError(
    `The process that has "${directory}" open works with version ${version} of the ledger, and this ` +
      `program with version ${migrations.length}. Use the same @sync3/batch for both.`,
    { retryable: false },
  );
}
