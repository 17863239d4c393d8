import { setTimeout as sleep } from 'node:timers/promises';
import pg, { type CustomTypesConfig, type Pool, type PoolClient } from 'pg';
import { DatabaseUnavailableError } from '../errors/database-errors.js';
import { columnParsers } from './column-types.js';
import { isConnectFailure, isLoss, noteLostConnections } from './connection-errors.js';
import type { Database, Parameter, Queries, QueryOptions } from './database.js';

/** How PostgreSQL is reached. */
export interface PostgresOptions {
  /** `postgres://user:password@host:5432/name`. The password is in no error. */
  databaseUrl: string;
  /** Most connections at a time. @default 10 */
  connections?: number | undefined;
  /** How long a database that has gone away is waited for, in ms. @default 60_000 */
  patienceMs?: number | undefined;
}

const firstDelayMs = 100;
const longestDelayMs = 5_000;

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
  patienceMs = 60_000,
}: PostgresOptions): Promise<Database> {
  const name = describe(databaseUrl);
  const pool = new pg.Pool({
    connectionString: databaseUrl,
    max: connections,
    connectionTimeoutMillis: 10_000,
    keepAlive: true,
    application_name: 'sync3',
  });
  // A connection that breaks is replaced when it is needed, and fails the statement that it carries.
  noteLostConnections(pool);
  const unavailable = (cause: Error, isOutcomeUnknown: boolean, advice: string) =>
    new DatabaseUnavailableError(`The database ${name} ${advice} (${cause.message})`, {
      cause,
      isOutcomeUnknown,
    });
  await pool
    .connect()
    .then((client) => client.release())
    .catch(async (cause: Error) => {
      const retryable = isConnectFailure(pool, cause);
      await pool.end();
      const reason = cause.message || Object(cause).code;
      throw new DatabaseUnavailableError(
        `Cannot open the database ${name}: ${reason}. Check the address, the user and the password.`,
        { cause, retryable },
      );
    });

  async function query<Row>(
    text: string,
    parameters: readonly Parameter[] = [],
    { isIdempotent = false }: QueryOptions = {},
  ): Promise<Row[]> {
    const deadline = Date.now() + patienceMs;
    for (let delay = firstDelayMs; ; delay = Math.min(2 * delay, longestDelayMs)) {
      const client = await connect(pool, deadline, (cause) =>
        unavailable(
          cause,
          false,
          `has not answered for ${patienceMs / 1000} s. Start it, then this.`,
        ),
      );
      try {
        const rows = await send<Row>(client, text, parameters);
        client.release();
        return rows;
      } catch (error) {
        const isLost = isLoss(client, error);
        client.release(isLost);
        if (!isLost) throw error;
        // The statement was sent, and may have been carried out.
        if (!isIdempotent || Date.now() >= deadline) {
          throw unavailable(error as Error, true, 'was lost during a statement.');
        }
        await sleep(delay);
      }
    }
  }

  async function transaction<Result>(work: (queries: Queries) => Promise<Result>): Promise<Result> {
    const client = await connect(pool, Date.now() + patienceMs, (cause) =>
      unavailable(
        cause,
        false,
        `has not answered for ${patienceMs / 1000} s. Start it, then this.`,
      ),
    );
    let isEnding = false;
    let result: Result;
    let broken: Error | undefined;
    // Between two statements nobody else listens.
    const onError = (error: Error) => {
      broken = error;
    };
    client.on('error', onError);
    try {
      await client.query('begin');
      result = await work({ query: (text, parameters) => send(client, text, parameters) });
      isEnding = true;
      await client.query('commit');
    } catch (error) {
      const lost = broken ?? (isLoss(client, error) ? (error as Error) : undefined);
      client.off('error', onError);
      if (!lost) await client.query('rollback').catch(() => {});
      client.release(lost);
      if (!lost) throw error;
      const advice = isEnding
        ? 'was lost while a change was confirmed; it may have been made or not.'
        : 'was lost during a change; all of it was undone.';
      throw unavailable(lost, isEnding, advice);
    }
    client.off('error', onError);
    client.release();
    return result;
  }

  return {
    query,
    transaction,
    connection: { kind: 'postgres', pool },
    async close() {
      if (!pool.ended) await pool.end();
    },
  };
}

/** A connection, as soon as there is one: nothing has been sent yet, so this is always repeated. */
async function connect(
  pool: Pool,
  deadline: number,
  giveUp: (cause: Error) => Error,
): Promise<PoolClient> {
  for (let delay = firstDelayMs; ; delay = Math.min(2 * delay, longestDelayMs)) {
    try {
      return await pool.connect();
    } catch (error) {
      if (!isConnectFailure(pool, error)) throw error;
      const left = deadline - Date.now();
      if (left <= 0) throw giveUp(error as Error);
      await sleep(Math.min(delay, left));
    }
  }
}

async function send<Row>(
  client: PoolClient,
  text: string,
  parameters: readonly Parameter[] = [],
): Promise<Row[]> {
  const { rows } = await client.query({ text, values: [...parameters], types });
  return rows;
}

/** Where a database is, without user and password. */
function describe(databaseUrl: string): string {
  try {
    const { host, pathname } = new URL(databaseUrl);
    return `${host || 'on this machine'}${pathname}`;
  } catch {
    return 'at the given address';
  }
}
