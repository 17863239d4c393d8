import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { ResponseError } from 'vscode-jsonrpc';
import {
  createMessageConnection,
  type MessageConnection,
  SocketMessageReader,
  SocketMessageWriter,
} from 'vscode-jsonrpc/node';
import type { Database, Queries } from '../database/database.js';
import { DatabaseUnavailableError } from '../errors/database-errors.js';
import { decodeError, decodeRows, type QueryResponse, requests } from './messages.js';

/** How long an answer is waited for, in ms: a statement of another process may come first. */
const patienceMs = 60_000;

/** A connection to the process that has a directory open. */
export interface ConnectedDatabase extends Queries, Pick<Database, 'transaction' | 'close'> {
  /** Whether the connection has ended. */
  readonly isLost: boolean;
  /** Asks the process to give the directory up. @returns whether it does. */
  yield(): Promise<boolean>;
  /** @returns the version of the ledger's tables that the process works with. */
  version(): Promise<number>;
}

/**
 * Connects to the socket of the process that has a directory open.
 *
 * @param timeoutMs how long its first answer is waited for.
 * @throws {DatabaseUnavailableError} nobody answers there.
 */
export async function connectDatabase(path: string, timeoutMs: number): Promise<ConnectedDatabase> {
  const socket = connect(path);
  await once(socket, 'connect').catch((cause: Error) => {
    throw new DatabaseUnavailableError(`Nobody answers at "${path}": ${cause.message}.`, { cause });
  });
  const database = overSocket(socket);
  try {
    await withTimeout(database.version(), timeoutMs);
    return database;
  } catch (error) {
    await database.close();
    throw error;
  }
}

function overSocket(socket: Socket): ConnectedDatabase {
  // What keeps the process alive is a request that waits.
  socket.unref();
  socket.on('error', () => {});
  const connection = createMessageConnection(
    new SocketMessageReader(socket),
    new SocketMessageWriter(socket),
  );
  let isLost = false;
  const lose = () => {
    isLost = true;
    // Rejects the requests that wait for an answer.
    connection.dispose();
    socket.destroy();
  };
  connection.onClose(lose);
  connection.onError(lose);
  connection.listen();

  const send = <Answer>(name: string, request?: unknown) =>
    sendRequest<Answer>(connection, name, request, () => isLost, lose);
  const queriesOf = (transaction?: number): Queries => ({
    async query<Row>(text: string, parameters: readonly unknown[] = []) {
      const request = { text, parameters, ...(transaction !== undefined && { transaction }) };
      return decodeRows(await send<QueryResponse>(requests.query, request)) as Row[];
    },
  });
  return {
    ...queriesOf(),
    get isLost() {
      return isLost;
    },
    version: () => send(requests.version),
    yield: () => send(requests.yield),
    async transaction(work) {
      const id = await send<number>(requests.begin);
      let result: Awaited<ReturnType<typeof work>>;
      try {
        result = await work(queriesOf(id));
      } catch (error) {
        // Whatever was sent: without `commit` all of it is undone.
        if (isLost) throw lost(false, error);
        await send(requests.rollback, id).catch(() => {});
        throw error;
      }
      await send(requests.commit, id);
      return result;
    },
    async close() {
      lose();
    },
  };
}

async function sendRequest<Answer>(
  connection: MessageConnection,
  name: string,
  request: unknown,
  isLost: () => boolean,
  lose: () => void,
): Promise<Answer> {
  if (isLost()) throw lost(false);
  try {
    return await withTimeout(connection.sendRequest<Answer>(name, request), patienceMs);
  } catch (error) {
    if (isLost()) throw lost(true, error);
    if (error instanceof ResponseError) throw decodeError(error);
    // No answer in time: what comes of the request stays unknown.
    lose();
    throw lost(true, error);
  }
}

function lost(isOutcomeUnknown: boolean, cause?: unknown): DatabaseUnavailableError {
  return new DatabaseUnavailableError(
    'The process that has the batch directory open has ended, or does not answer. Run this again.',
    { cause, isOutcomeUnknown, code: 'holderLost' },
  );
}

async function withTimeout<Answer>(answer: Promise<Answer>, timeoutMs: number): Promise<Answer> {
  const timer = new AbortController();
  const { signal } = timer;
  try {
    return await Promise.race([
      answer,
      sleep(timeoutMs, undefined, { signal }).then(() => {
        throw new DatabaseUnavailableError(`There was no answer for ${timeoutMs / 1000} s.`);
      }),
    ]);
  } finally {
    timer.abort();
  }
}
