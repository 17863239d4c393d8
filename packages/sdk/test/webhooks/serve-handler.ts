import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Readable } from 'node:stream';
import { onTestFinished } from 'vitest';

/** Node wants it with a stream, and TypeScript does not know it. */
const duplex = { duplex: 'half' };

/** A real HTTP server in front of a handler, as short as can be; it ends with the test. */
export async function serveHandler(handler: (request: Request) => Promise<Response>) {
  const server = createServer(async (incoming, outgoing) => {
    const { method = '', url = '' } = incoming;
    // `Request` takes no body with these.
    const isBodiless = method === 'GET' || method === 'HEAD';
    const response = await handler(
      new Request(new URL(url, 'http://127.0.0.1'), {
        method,
        headers: incoming.headers as Record<string, string>,
        body: isBodiless ? null : (Readable.toWeb(incoming) as ReadableStream),
        ...duplex,
      }),
    );
    outgoing.writeHead(response.status, Object.fromEntries(response.headers));
    outgoing.end(await response.text());
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    server.close();
    server.closeAllConnections();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/hooks/lipsync`;
}
