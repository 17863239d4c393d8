import type { IncomingMessage, Server } from 'node:http';
import type { Duplex } from 'node:stream';
import { WebSocketServer } from 'ws';
import type { ApiEndpoint } from '../api-endpoint.js';
import type { HostCheck } from '../host-check.js';
import { Connection } from './connection.js';
import { Sessions } from './sessions.js';

/** Connections that are open at the same time; a further one is refused with 503. */
const mostConnections = 1_000;

/** What decides about connections. */
export interface SocketOptions {
  isAllowed: HostCheck;
  /** After how long without a message a connection is closed, in ms. */
  idleMs: number;
}

/**
 * Takes in WebSocket connections on the address of the API: `ws://127.0.0.1:4010/v1`, the default of
 * Runware's own clients in place of HTTP.
 *
 * @returns what ends all connections.
 */
export function acceptSockets(
  server: Server,
  endpoint: ApiEndpoint,
  { isAllowed, idleMs }: SocketOptions,
): { close(): void } {
  const sessions = new Sessions();
  const sockets = new WebSocketServer({
    noServer: true,
    maxPayload: endpoint.maxBodyBytes,
    // Compression costs memory, and this machine talks to itself.
    perMessageDeflate: false,
  });
  server.on('upgrade', (request: IncomingMessage, stream: Duplex, head: Buffer) => {
    const [path = '', query] = (request.url ?? '').split('?');
    if (request.headers.upgrade?.toLowerCase() !== 'websocket') {
      serveWithoutUpgrade(server, request, stream, head);
    } else if (!isAllowed(request)) refuse(stream, '403 Forbidden');
    else if (!/^\/v1\/?$/.test(path)) refuse(stream, '404 Not Found');
    else if (sockets.clients.size >= mostConnections) refuse(stream, '503 Service Unavailable');
    else {
      const isDryRun = new URLSearchParams(query).get('dryRun') === '1';
      sockets.handleUpgrade(request, stream, head, (socket) => {
        new Connection(socket, endpoint, { sessions, idleMs, isDryRun });
      });
    }
  });
  return {
    close() {
      for (const socket of sockets.clients) socket.terminate();
      sockets.close();
    },
  };
}

/**
 * Hands a request back that asks for another protocol, such as HTTP/2 as Java's client does: without
 * its `Upgrade` it is one like others. Once somebody listens for upgrades, Node gives it to nobody
 * else.
 */
function serveWithoutUpgrade(
  server: Server,
  { method, url, httpVersion, rawHeaders }: IncomingMessage,
  stream: Duplex,
  head: Buffer,
): void {
  const lines = [`${method} ${url} HTTP/${httpVersion}`];
  for (let at = 0; at < rawHeaders.length; at += 2) {
    const [name = '', value = ''] = rawHeaders.slice(at, at + 2);
    if (/^(upgrade|http2-settings)$/i.test(name)) continue;
    const kept = /^connection$/i.test(name) ? value.replace(/upgrade|http2-settings/gi, '') : value;
    lines.push(`${name}: ${kept}`);
  }
  stream.unshift(Buffer.concat([Buffer.from(`${lines.join('\r\n')}\r\n\r\n`, 'latin1'), head]));
  server.emit('connection', stream);
}

/** Answers a connection that is not taken in. */
function refuse(stream: Duplex, status: string): void {
  // The client may leave before; nobody is told then.
  stream.on('error', () => stream.destroy());
  stream.end(`HTTP/1.1 ${status}\r\nconnection: close\r\ncontent-length: 0\r\n\r\n`);
}
