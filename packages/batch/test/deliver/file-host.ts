import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { MockServer } from '@sync3/mock-server';
import { onTestFinished } from 'vitest';

/** Stands between a worker and the mock server, which has no faults for its files. */
export interface FileHost {
  /** What to give a client as its base URL. */
  url: string;
  /** The videoUUID of each download that was asked for. */
  asked: string[];
  /** Answers a download in the place of the file; `false` leaves it to the file. */
  answer: (videoUUID: string, response: ServerResponse) => boolean;
  /** Changes what the API answers. */
  rewrite: (body: string) => string;
}

/**
 * Passes everything on, and writes the videoUUID at the end of each file: the results of a job are all
 * alike at the mock server, and must not be taken for one another.
 */
export async function startFileHost(mock: MockServer): Promise<FileHost> {
  const { origin } = new URL(mock.url);
  const server = createServer(async (request, response) => {
    const { pathname } = new URL(`${request.url}`, origin);
    const [videoUUID = ''] = /[\da-f-]{36}/.exec(pathname) ?? [];
    if (request.method === 'GET') {
      host.asked.push(videoUUID);
      if (host.answer(videoUUID, response)) return;
      const file = await fetch(origin + pathname);
      const bytes = file.ok ? [Buffer.from(await file.arrayBuffer()), Buffer.from(videoUUID)] : [];
      response.writeHead(file.status).end(Buffer.concat(bytes));
      return;
    }
    const pieces: Buffer[] = [];
    for await (const piece of request) pieces.push(piece);
    const { authorization = '' } = request.headers;
    const headers = { authorization, 'content-type': 'application/json' };
    const body = Buffer.concat(pieces);
    const answer = await fetch(mock.url, { method: 'POST', headers, body }).catch(() => undefined);
    if (!answer) {
      response.destroy();
      return;
    }
    response.writeHead(answer.status, { 'content-type': 'application/json' });
    const text = host.rewrite(await answer.text());
    response.end(text.replaceAll(origin, new URL(host.url).origin));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const host: FileHost = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`,
    asked: [],
    answer: () => false,
    rewrite: (body) => body,
  };
  return host;
}
