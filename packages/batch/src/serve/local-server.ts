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

/** Where a server listens. */
interface Place {
  /** Address or name. @default '127.0.0.1' */
  host?: string;
  /** 0 for one that is free. */
  port: number;
  /** What cannot be done when the place cannot be had, as the beginning of a sentence. */
  otherwise: string;
}

/**
 * Starts a server, on 127.0.0.1 unless it says otherwise. What answers has to look at `Host` and `Origin`
 * itself: see `isFromHere`.
 *
 * @throws {BatchError} the place cannot be had.
 */
export async function startLocalServer(
  { host = '127.0.0.1', port, otherwise }: Place,
  answer: (request: IncomingMessage, response: ServerResponse) => unknown,
): Promise<LocalServer> {
  const server = createServer((request, response) => void answer(request, response));
  server.listen(port, host);
  await once(server, 'listening').catch((cause: Error) => {
    throw new BatchError(`${otherwise}: ${cause.message}.`, { cause });
  });
  const address = server.address() as AddressInfo;
  const name = address.family === 'IPv6' ? `[${address.address}]` : address.address;
  return {
    url: `http://${name}:${address.port}`,
    async close() {
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}
