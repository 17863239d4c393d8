import type { Database, Queries } from '../database/database.js';
import { DatabaseUnavailableError } from '../errors/database-errors.js';

/** A transaction that another process makes, statement by statement. */
export interface ServedTransaction {
  readonly queries: Queries;
  /** Confirms it. @throws what kept it from being confirmed. */
  commit(): Promise<void>;
  /** Undoes it. Does nothing when it has ended. */
  rollback(): Promise<void>;
}

/**
 * Begins a transaction as soon as nobody else uses the database. Everybody waits until it ends, so it
 * is undone after a while.
 *
 * @param longestMs how long it may last.
 */
export async function beginServed(
  database: Database,
  longestMs: number,
): Promise<ServedTransaction> {
  let confirm = () => {};
  let undo = (_reason: Error) => {};
  const ended = new Promise<void>((resolve, reject) => {
    confirm = resolve;
    undo = reject;
  });
  let outcome: Promise<void> = ended;
  let failure: unknown;
  const queries = await new Promise<Queries>((begin, fail) => {
    outcome = database.transaction(async (session) => {
      const timer = setTimeout(() => undo(tooLong(longestMs)), longestMs);
      begin(session);
      await ended.finally(() => clearTimeout(timer));
    });
    outcome.catch((error) => {
      failure = error;
      fail(error);
    });
  });
  return {
    queries: {
      async query(text, parameters) {
        // PGlite would only say that the transaction is closed, not why.
        if (failure) throw failure;
        return queries.query(text, parameters);
      },
    },
    async commit() {
      confirm();
      await outcome;
    },
    async rollback() {
      undo(new Error('The transaction was undone.'));
      await outcome.catch(() => {});
    },
  };
}

function tooLong(longestMs: number): DatabaseUnavailableError {
  return new DatabaseUnavailableError(
    `A change took longer than ${longestMs / 1000} s, and the worker that has the directory could not ` +
      'wait any longer; all of it was undone. Try again.',
    { code: 'transactionTooLong' },
  );
}
