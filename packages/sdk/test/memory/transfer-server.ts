// Takes uploads and gives downloads of any size, in a thread that holds none of them. It tells its
// port when it listens.
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { pipeline } from 'node:stream/promises';
import { parentPort } from 'node:worker_threads';
import { contentOf } from './content.ts';

const server = createServer((request, response) => {
  const work = request.method === 'GET' ? give(request, response) : take(request, response);
  // The client sees that its connection is cut.
  work.catch(() => response.destroy());
});
server.listen(0, '127.0.0.1');
await once(server, 'listening');
parentPort?.postMessage((server.address() as AddressInfo).port);

/** Answers `/<seed>/<bytes>` with so much content. */
async function give({ url }: IncomingMessage, response: ServerResponse): Promise<void> {
  const [seed, bytes] = (url ?? '').split('/').slice(-2).map(Number);
  response.writeHead(200, { 'content-length': `${bytes}` });
  await pipeline(contentOf(Number(seed), Number(bytes)), response);
}

/** Decodes an upload as it comes, and puts the size and the SHA-256 of the file into its URL. */
async function take(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const hash = createHash('sha256');
  let bytes = 0;
  let head = '';
  let base64: string | undefined;
  for await (const chunk of request.setEncoding('latin1')) {
    if (base64 === undefined) {
      head += chunk;
      const start = head.indexOf(';base64,');
      if (start < 0) continue;
      base64 = head.slice(start + ';base64,'.length);
    } else base64 += chunk;
    // The quotation mark that ends the content, and what is left of a group of four.
    const end = base64.indexOf('"');
    const whole = end < 0 ? base64.length - (base64.length % 4) : end;
    const decoded = Buffer.from(base64.slice(0, whole), 'base64');
    hash.update(decoded);
    bytes += decoded.length;
    base64 = base64.slice(whole);
  }
  const [task] = JSON.parse(`${head.slice(0, head.indexOf('"media":'))}"media":""}]`);
  const stored = {
    ...task,
    mediaUUID: crypto.randomUUID(),
    mediaURL: `https://im.runware.ai/${bytes}/${hash.digest('hex')}`,
  };
  response.end(JSON.stringify({ data: [stored] }));
}
