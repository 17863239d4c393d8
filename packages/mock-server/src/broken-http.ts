import { once } from 'node:events';
import { type Server, type ServerResponse, STATUS_CODES } from 'node:http';
import type { Duplex } from 'node:stream';
import { errorBody } from './send-json.js';

/** How long a connection stays to take its last answer, in ms; closed at once, that could be lost. */
const lingerMs = 500;

interface Answer {
  status: number;
  code: string;
  message: string;
}

/** By what Node says of a request that it cannot read. */
const answers: Record<string, Answer> = {
  HPE_HEADER_OVERFLOW: {
    status: 431,
    code: 'maxHeaderSize',
    message: 'The headers of the request are too large.',
  },
  ERR_HTTP_REQUEST_TIMEOUT: {
    status: 408,
    code: 'requestTimeout',
    message: 'The request did not arrive in time. Send it again, all at once.',
  },
};

const notHttp: Answer = {
  status: 400,
  code: 'invalidRequest',
  message: 'This is not a request of HTTP/1.1. Tasks go to POST /v1.',
};

/**
 * Gives requests that are no HTTP, or never end, an answer in Runware's shape and closes their
 * connection. Without it Node sends them a status without a body.
 */
export function answerBrokenHttp(server: Server): void {
  // A client that has said all and closed its side still gets its answer (Node's `lib/_http_server.js`
  // has this property, its documentation has not).
  Object.assign(server, { httpAllowHalfOpen: true });
  // What a request expects beyond `100-continue` is nothing that this server knows; RFC 9110, 10.1.1
  // leaves it to us, and Node would answer without a body.
  server.on('checkExpectation', (request, response) => server.emit('request', request, response));
  const unanswered = new WeakMap<Duplex, Set<ServerResponse>>();
  server.on('request', ({ socket }, response: ServerResponse) => {
    const responses = unanswered.get(socket) ?? new Set();
    unanswered.set(socket, responses.add(response));
    response.once('close', () => responses.delete(response));
  });
  server.on('clientError', async ({ code = '' }: NodeJS.ErrnoException, socket) => {
    // Those that came before are answered before: their answers must not run into each other.
    const earlier = [...(unanswered.get(socket) ?? [])].filter(({ req }) => req.complete);
    await Promise.all(earlier.map((response) => once(response, 'close')));
    if (socket.writableEnded) return;
    if (!socket.writable) return void socket.destroy();
    const { status, ...error } = answers[code] ?? notHttp;
    const body = JSON.stringify(errorBody(error.code, error.message));
    socket.end(
      `HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\nConnection: close\r\n` +
        `Content-Type: application/json\r\nContent-Length: ${body.length}\r\n\r\n${body}`,
    );
    const timer = setTimeout(() => socket.destroy(), lingerMs);
    socket.once('close', () => clearTimeout(timer));
  });
}
