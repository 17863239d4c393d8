import type { PGlite } from '@electric-sql/pglite';
import type { Pool } from 'pg';
import type { WaitListener } from './waiting.js';

/**
 * What stands for `$1`, `$2` and so on. Lists and objects go as JSON text (`$1::text::json`), because
 * the two databases read them in different ways.
 */
export type Parameter = string | number | boolean | Date | null;

/** How one statement is treated. */
export interface QueryOptions {
  /**
   * The statement may be carried out twice without harm, as one that only reads; so it is repeated
   * when the connection was lost after it was sent. One that the database refused to carry out, as
   * while it is read-only, is repeated in any case.
   * @default false
   */
  isIdempotent?: boolean;
}

/** How a transaction is treated. */
export interface TransactionOptions {
  /**
   * Whether its statements may take longer than the deadline of the others, as where all items of a batch
   * are gone through. @default false
   */
  mayBeSlow?: boolean;
}

/** What statements are given to. */
export interface Queries {
  /**
   * Carries out one statement. Columns of type `bigint` and `numeric` arrive as numbers,
   * `timestamptz` as `Date`, `json` and `jsonb` parsed.
   *
   * @returns its rows.
   * @throws {DatabaseUnavailableError} the database has a fault that did not pass within the patience
   * of `openDatabase`, or that waiting does not mend; `code` is its SQLSTATE or errno.
   */
  query<Row>(
    text: string,
    parameters?: readonly Parameter[],
    options?: QueryOptions,
  ): Promise<Row[]>;
}

/** The database of a batch: PGlite in a directory, or PostgreSQL. Both behave alike. */
export interface Database extends Queries {
  /**
   * Carries out all statements of `work`, or none. A connection that is lost undoes all of them; work
   * is never begun anew. On PGlite, which has one connection, all else waits until it ends: `work`
   * must use no other `Queries` than those it is given. On PostgreSQL the isolation is `read
   * committed`, and the server undoes a transaction that sends nothing for 5 s: a process that stands
   * still must not keep others from the rows that it has locked.
   *
   * @throws what `work` throws, after everything is undone.
   * @throws {DatabaseUnavailableError} a fault of the database undid it; with `isOutcomeUnknown` when
   * the connection was lost while the end of it was confirmed.
   */
  transaction<Result>(
    work: (queries: Queries) => Promise<Result>,
    options?: TransactionOptions,
  ): Promise<Result>;
  /**
   * One statement or several, for pg-boss. A lost connection is told at once, and nothing is repeated
   * that may have been carried out.
   */
  executeSql(text: string, values?: unknown[]): Promise<{ rows: unknown[] }>;
  /** Tells whenever statements wait for the database for more than a second. @returns what ends that. */
  onWait(listener: WaitListener): () => void;
  /** What lies below, for a library that speaks to it directly, as pg-boss does. */
  readonly connection:
    | { kind: 'pglite'; pglite: PGlite }
    | { kind: 'postgres'; pool: Pool }
    /** PGlite that another process has open, or may ask for. No worker can use it. */
    | { kind: 'shared' };
  /** Ends all connections and gives the directory free. Does nothing the second time. */
  close(): Promise<void>;
}
