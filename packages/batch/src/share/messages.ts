import { ResponseError } from 'vscode-jsonrpc';
import type { Parameter } from '../database/database.js';
import { DatabaseUnavailableError } from '../errors/database-errors.js';

/** One statement, on its own or in a transaction of the same connection. */
export interface QueryRequest {
  text: string;
  parameters: readonly Parameter[];
  /** What `begin` has answered; absent for a statement on its own. */
  transaction?: number;
}

/** The rows of a statement. */
export interface QueryResponse {
  rows: Record<string, unknown>[];
  /** Columns that hold points in time, which JSON makes texts. */
  times: string[];
}

/** What else a failed request tells about its error. */
interface ErrorData {
  /** Of `DatabaseUnavailableError`, else absent. */
  unavailable?: { retryable: boolean; isOutcomeUnknown: boolean };
  /** Of the error: PostgreSQL's, such as `23505`, or ours. */
  code?: string;
}

/** The names of the requests. */
export const requests = {
  /** @returns the version of the ledger's tables that the server works with. */
  version: 'version',
  /** A `QueryRequest`. @returns a `QueryResponse`. */
  query: 'query',
  /** @returns the number of a new transaction, as soon as nobody else uses the database. */
  begin: 'begin',
  /** Ends the transaction of that number. */
  commit: 'commit',
  /** Undoes it. */
  rollback: 'rollback',
  /** Asks for the directory. @returns whether the server is going to give it up. */
  yield: 'yield',
} as const;

/** JSON-RPC's range for errors of the application. */
const failed = -32_000;

/** Rows as they are sent. */
export function encodeRows(rows: Record<string, unknown>[]): QueryResponse {
  const times = new Set<string>();
  for (const row of rows) {
    for (const [column, value] of Object.entries(row)) {
      if (value instanceof Date) times.add(column);
    }
  }
  return { rows, times: [...times] };
}

/** Rows as they were before they were sent. */
export function decodeRows({ rows, times }: QueryResponse): Record<string, unknown>[] {
  for (const row of rows) {
    for (const column of times) {
      const value = row[column];
      if (typeof value === 'string') row[column] = new Date(value);
    }
  }
  return rows;
}

/** An error as it is sent. */
export function encodeError(error: unknown): ResponseError<ErrorData> {
  const { message, code } = Object(error);
  const data: ErrorData = { ...(typeof code === 'string' && { code }) };
  if (DatabaseUnavailableError.is(error)) {
    const { retryable, isOutcomeUnknown } = error as DatabaseUnavailableError;
    data.unavailable = { retryable, isOutcomeUnknown };
  }
  return new ResponseError(failed, `${message}`, data);
}

/** The error that was sent: of the ledger, or with PostgreSQL's code. */
export function decodeError({ message, data }: ResponseError<ErrorData>): Error {
  const code = data?.code !== undefined && { code: data.code };
  if (!data?.unavailable) return Object.assign(new Error(message), code);
  return new DatabaseUnavailableError(message, { ...data.unavailable, ...code });
}
