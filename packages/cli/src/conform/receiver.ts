import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { keyRemover } from '@sync3/sdk/node';

/** Largest webhook that is kept, in characters. */
const largestPayload = 65_536;

/** Receives what the API sends: webhooks by POST, results by PUT. */
export interface Receiver {
  /** What stands before the name of a delivery in a URL that the API is given. */
  urlOf(name: string): string;
  /** The payloads of the webhooks for a name, as they came. */
  payloads(name: string): readonly string[];
  /** How many uploads came for a name. */
  uploads(name: string): number;
  close(): Promise<void>;
}

/** What a receiver needs. */
export interface ReceiverOptions {
  /** Where the API reaches it; `undefined`: on this machine. */
  publicUrl?: string | undefined;
  /** TCP port on 127.0.0.1 that the public URL leads to; 0 takes a free one. */
  port: number;
  /** A secret that stands in every URL. */
  token: string;
  apiKey: string;
}

/** Starts a receiver on 127.0.0.1. @throws {Error} the port is in use. */
export async function startReceiver(options: ReceiverOptions): Promise<Receiver> {
  const { publicUrl, port, token, apiKey } = options;
  const redact = keyRemover(apiKey);
  const payloads = new Map<string, string[]>();
  const uploads = new Map<string, number>();
  const server = createServer((request, response) => {
    const path = (request.url ?? '').split('?')[0] ?? '';
    const [name = '', secret] = path.split('/').slice(-2);
    const isForUs = isHost(request.headers.host) && request.headers.origin === undefined;
    if (!isForUs || secret !== token || !/^(POST|PUT)$/.test(request.method ?? '')) {
      request.resume();
      response.writeHead(isForUs ? 404 : 403).end();
      return;
    }
    let text = '';
    request.setEncoding('utf8').on('data', (chunk: string) => {
      if (request.method === 'POST' && text.length < largestPayload) text += chunk;
    });
    request.once('end', () => {
      if (request.method === 'PUT') uploads.set(name, (uploads.get(name) ?? 0) + 1);
      else payloads.set(name, [...(payloads.get(name) ?? []), redact(text)]);
      response.writeHead(204).end();
    });
  });
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  const own = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const base = (publicUrl ?? own).replace(/\/+$/, '');
  const hosts = [new URL(base).host, new URL(own).host];
  const isHost = (host: string | undefined) => {
    const { port: ownPort } = new URL(own);
    return [...hosts, `localhost:${ownPort}`].includes(host?.toLowerCase() ?? '');
  };
  return {
    urlOf: (name) => `${base}/${name}/${token}`,
    payloads: (name) => payloads.get(name) ?? [],
    uploads: (name) => uploads.get(name) ?? 0,
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
