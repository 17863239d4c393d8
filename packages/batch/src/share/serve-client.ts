import type { Socket } from 'node:net';
import {
  createMessageConnection,
  SocketMessageReader,
  SocketMessageWriter,
} from 'vscode-jsonrpc/node';
import type { Database } from '../database/database.js';
import { BatchError } from '../errors/batch-error.js';
import { DatabaseUnavailableError } from '../errors/database-errors.js';
import { migrations } from '../ledger/migrations.js';
import { encodeError, encodeRows, type QueryRequest, requests } from './messages.js';
import { beginServed, type ServedTransaction } from './served-transaction.js';

/** How a database is served. */
export interface ServeOptions {
  /** How long a transaction of a client may keep everybody waiting, in ms. */
  longestTransactionMs: number;
  /** Called when another process asks for the directory. @returns whether it is going to be free. */
  onYield(): boolean;
}

/**
 * Answers the requests of one client until its socket ends; what it has left open is undone.
 *
 * @returns a function that ends the connection and resolves when nothing of the client is under way.
 */
export function serveClient(
  socket: Socket,
  database: Database,
  { longestTransactionMs, onYield }: ServeOptions,
): () => Promise<void> {
  const transactions = new Map<number, ServedTransaction>();
  const underWay = new Set<Promise<unknown>>();
  let begun = 0;
  let hasEnded = false;
  const connection = createMessageConnection(
    new SocketMessageReader(socket),
    new SocketMessageWriter(socket),
  );

  const find = (id: number): ServedTransaction => {
    const transaction = transactions.get(id);
    if (!transaction) throw new BatchError(`There is no transaction ${id} on this connection.`);
    return transaction;
  };
  const take = (id: number): ServedTransaction => {
    const transaction = find(id);
    transactions.delete(id);
    return transaction;
  };
  const answer = <Request>(name: string, work: (request: Request) => Promise<unknown>) =>
    connection.onRequest(name, async (request: Request) => {
      if (hasEnded) return encodeError(ending());
      const done = work(request);
      underWay.add(done);
      try {
        return await done;
      } catch (error) {
        return encodeError(error);
      } finally {
        underWay.delete(done);
      }
    });

  answer(requests.version, async () => migrations.length);
  answer(requests.yield, async () => onYield());
  answer(requests.query, async ({ text, parameters, transaction }: QueryRequest) => {
    const queries = transaction === undefined ? database : find(transaction).queries;
    return encodeRows(await queries.query(text, parameters));
  });
  answer(requests.begin, async () => {
    const transaction = await beginServed(database, longestTransactionMs);
    if (hasEnded) await transaction.rollback();
    begun += 1;
    transactions.set(begun, transaction);
    return begun;
  });
  answer(requests.commit, async (id: number) => take(id).commit());
  answer(requests.rollback, async (id: number) => take(id).rollback());

  const end = async () => {
    hasEnded = true;
    for (const transaction of transactions.values()) await transaction.rollback();
    await Promise.allSettled(underWay);
    connection.dispose();
    socket.destroySoon();
  };
  connection.onClose(end);
  // What cannot be read is no request of ours.
  connection.onError(end);
  connection.listen();
  return end;
}

function ending(): DatabaseUnavailableError {
  return new DatabaseUnavailableError('The process that has the batch directory open is ending.', {
    code: 'holderLost',
  });
}
