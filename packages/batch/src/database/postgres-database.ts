import pg, { type CustomTypesConfig, type PoolClient } from 'pg';
import { DatabaseUnavailableError } from '../errors/database-errors.js';
import { columnParsers } from './column-types.js';
import { isConnectFailure, isLoss, noteLostConnections } from './connection-errors.js';
import type { Database, Parameter, Queries, QueryOptions, TransactionOptions } from './database.js';
import { faultOf } from './faults.js';
import { describeAddress, openingError } from './opening-error.js';
import { poolEnder, sendWithin } from './statement-deadline.js';
import { defaultPatienceMs, Waiting } from './waiting.js';

/** How PostgreSQL is reached. */
export interface PostgresOptions {
  /**
   * `postgres://user:password@host:5432/name`. The password is in no error. `sslmode=verify-full` and
   * `sslrootcert=/path/to/root.pem` are given as in `…/name?sslmode=verify-full`.
   */
  databaseUrl: string;
  /** Most connections at a time, 1 or more. @default 10 */
  connections?: number | undefined;
  /** How long a fault of the database is waited for, in ms. @default 60_000 */
  patienceMs?: number | undefined;
  /**
   * How long the answer to a statement is waited for, in ms; then the connection counts as lost. Planning,
   * reports and the update of the tables may take longer. @default 60_000
   */
  statementTimeoutMs?: number | undefined;
}

const undone = 'was lost during a change; all of it was undone.';
const unconfirmed = 'was lost while a change was confirmed; it may have been made or not.';

/**
 * Begins a transaction. The isolation is named, as the default of a role may be another, under which
 * workers would undo each other. The timeout is for this transaction alone, as a pooler gives the
 * connection to others afterwards.
 */
const begin =
  'begin isolation level read committed; set local idle_in_transaction_session_timeout = 5000';

const types: CustomTypesConfig = {
  getTypeParser: (type: number, format?: 'text' | 'binary') =>
    columnParsers[type] ?? pg.types.getTypeParser(type, format as 'text'),
} as CustomTypesConfig;

/**
 * Opens a PostgreSQL database, version 15 or later.
 *
 * @throws {DatabaseUnavailableError} it does not answer, or refuses the login; at once.
 */
export async function openPostgres({
  databaseUrl,
  connections = 10,
  patienceMs = defaultPatienceMs,
  statementTimeoutMs = 60_000,
}: PostgresOptions): Promise<Database> {
  const name = describeAddress(databaseUrl);
  const pool = new pg.Pool({
    connectionString: databaseUrl,
    max: connections,
    connectionTimeoutMillis: 10_000,
    keepAlive: true,
    application_name: 'sync3',
  });
  // A connection that breaks is replaced when it is needed, and fails the statement that it carries.
  noteLostConnections(pool);
  const endPool = poolEnder(pool);
  const waiting = new Waiting(patienceMs);

  /** A fault of the database as our own error; any other error as it is. */
  function failure(error: unknown, isLost: boolean, advice: string, isOutcomeUnknown = isLost) {
    const fault = faultOf(error);
    if (!fault && !isLost) return error;
    const { message, code } = Object(error);
    const told = fault && fault.treatment !== 'reconnect' ? fault.told : advice;
    return new DatabaseUnavailableError(`The database ${name} ${told} (${message || code})`, {
      cause: error,
      code,
      retryable: isLost || fault?.treatment !== 'stop',
      isOutcomeUnknown,
    });
  }

  async function connect(): Promise<PoolClient> {
    try {
      return await pool.connect();
    } catch (error) {
      throw failure(error, isConnectFailure(pool, error), 'does not answer.', false);
    }
  }

  /** Gives a connection back. One on which something failed may lead to a server that others left. */
  function release(client: PoolClient, error?: unknown): void {
    client.release(error !== undefined && (isLoss(client, error) || faultOf(error) !== undefined));
  }

  async function once<Value>(send: (client: PoolClient) => Promise<Value>): Promise<Value> {
    const client = await connect();
    try {
      const value = await send(client);
      release(client);
      return value;
    } catch (error) {
      const isLost = isLoss(client, error);
      release(client, error);
      throw failure(error, isLost, 'was lost during a statement.');
    }
  }

  function query<Row>(
    text: string,
    parameters: readonly Parameter[] = [],
    { isIdempotent = false }: QueryOptions = {},
  ): Promise<Row[]> {
    return waiting.retry(
      () => once((client) => send<Row>(client, text, parameters, statementTimeoutMs)),
      ({ isOutcomeUnknown }) => isIdempotent || !isOutcomeUnknown,
    );
  }

  async function beginOnce(): Promise<PoolClient> {
    const client = await connect();
    try {
      await sendWithin(client, { text: begin, query_timeout: statementTimeoutMs });
      return client;
    } catch (error) {
      const isLost = isLoss(client, error);
      release(client, error);
      throw failure(error, isLost, 'was lost before a change began.', false);
    }
  }

  async function transaction<Result>(
    work: (queries: Queries) => Promise<Result>,
    { mayBeSlow = false }: TransactionOptions = {},
  ): Promise<Result> {
    const timeoutMs = mayBeSlow ? undefined : statementTimeoutMs;
    const client = await waiting.retry(beginOnce);
    // Between two statements nobody else listens, and an `error` without a listener ends the process.
    const ignore = () => {};
    client.on('error', ignore);
    let fault: unknown;
    const attempt = async <Value>(
      send: () => Promise<Value>,
      advice: string,
      isEnding: boolean,
    ) => {
      try {
        return await send();
      } catch (error) {
        fault = error;
        const isLost = isLoss(client, error);
        throw failure(error, isLost, advice, isLost && isEnding);
      }
    };
    try {
      const result = await work({
        query: <Row>(text: string, parameters?: readonly Parameter[]) =>
          attempt(() => send<Row>(client, text, parameters, timeoutMs), undone, false),
      });
      const commit = { text: 'commit', query_timeout: timeoutMs };
      await attempt(() => sendWithin(client, commit), unconfirmed, true);
      return result;
    } catch (error) {
      if (!isLoss(client, fault)) await client.query('rollback').catch(() => {});
      throw error;
    } finally {
      client.off('error', ignore);
      release(client, fault);
    }
  }

  const isRefused = ({ code, isOutcomeUnknown }: DatabaseUnavailableError) =>
    !isOutcomeUnknown && faultOf({ code })?.treatment === 'repeat';

  const database: Database = {
    query,
    transaction,
    executeSql: (text, values) =>
      waiting.retry(
        () =>
          once(async (client) => {
            try {
              // Several statements in one text have several results.
              const statement = {
                text,
                ...(values && { values }),
                query_timeout: statementTimeoutMs,
              };
              const results = [await sendWithin(client, statement)].flat();
              return { rows: results.flatMap(({ rows }) => rows ?? []) };
            } catch (error) {
              // A text that begins a transaction of its own leaves it open where it fails.
              if (!isLoss(client, error)) await client.query('rollback').catch(() => {});
              throw error;
            }
          }),
        isRefused,
      ),
    onWait: (listener) => waiting.listen(listener),
    connection: { kind: 'postgres', pool },
    async close() {
      if (!pool.ended) await endPool();
    },
  };
  // An address that is wrong is told at once, and not waited for.
  try {
    release(await pool.connect());
  } catch (cause) {
    const isPassing = isConnectFailure(pool, cause);
    await endPool();
    throw openingError(databaseUrl, cause, isPassing);
  }
  return database;
}

async function send<Row>(
  client: PoolClient,
  text: string,
  parameters: readonly Parameter[] = [],
  timeoutMs?: number,
): Promise<Row[]> {
  const statement = { text, values: [...parameters], types, query_timeout: timeoutMs };
  const { rows } = await sendWithin(client, statement);
  return rows;
}
