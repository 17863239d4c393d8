import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';

/** What an API was asked. */
export interface Asked {
  headers: IncomingMessage['headers'];
  body: string;
}

/** What an API answers: JSON, unless it is a text. */
export interface Answered {
  status?: number;
  headers?: Record<string, string>;
  body?: unknown;
  /** The connection is cut in place of an answer. */
  isCut?: boolean;
}

/** An API that answers as a test says. */
export async function startUpstream(answer: (asked: Asked) => Answered | Promise<Answered>) {
  const asked: Asked[] = [];
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const received = { headers: request.headers, body: Buffer.concat(chunks).toString() };
    asked.push(received);
    const { status = 200, headers = {}, body, isCut } = await answer(received);
    if (isCut) {
      response.destroy();
      return;
    }
    const isText = typeof body === 'string' || Buffer.isBuffer(body);
    response.writeHead(status, {
      'content-type': isText ? 'text/html' : 'application/json',
      ...headers,
    });
    response.end(isText ? body : JSON.stringify(body));
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`, asked };
}
