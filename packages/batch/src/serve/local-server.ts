import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { BatchError } from '../errors/batch-error.js';

/** A server on this machine. */
export interface LocalServer {
  /** `http://127.0.0.1:` and its port. */
  readonly url: string;
  /** Ends all connections. The database stays open. */
  close(): Promise<void>;
}

/**
 * Starts a server on 127.0.0.1. What answers has to look at `Host` and `Origin` itself: see `isFromHere`.
 *
 * @param what is served, as messages name it.
 * @param port 0 for one that is free.
 * @throws {BatchError} the port cannot be had.
 */
export async function startLocalServer(
  what: string,
  port: number,
  answer: (request: IncomingMessage, response: ServerResponse) => Promise<void>,
): Promise<LocalServer> {
  const server = createServer((request, response) => void answer(request, response));
  server.listen(port, '127.0.0.1');
  await once(server, 'listening').catch((cause: Error) => {
    throw new BatchError(`${what} cannot be served on port ${port}: ${cause.message}.`, { cause });
  });
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async close() {
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}
