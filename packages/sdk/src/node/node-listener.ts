import type { IncomingMessage, ServerResponse } from 'node:http';
import { Sync3Error } from '../errors/sync3-error.js';

/** How a Fetch-API handler is served by Node. */
export interface NodeListenerOptions {
  /**
   * Told when the handler throws, answers with what is no `Response`, or its body fails, and when a
   * body parser has read the request (`bodyAlreadyRead`); the client sees a 500, or a broken
   * connection. What it throws is lost.
   */
  onError?: ((error: unknown) => unknown) | undefined;
}

/** How long the rest of an unread request is waited for once it has been answered, in ms. */
const patienceMs = 10_000;
/** A name, an IPv4 or a bracketed IPv6 address, and perhaps a port: nothing that ends a host. */
const hostPattern = /^(?:\[[\da-f:.]+\]|[^\s/?#@\\:[\]]+)(?::\d*)?$/i;

/**
 * Serves a Fetch-API handler, such as those of `@sync3/sdk/proxy` and `@sync3/sdk/webhooks`, from
 * `node:http` or Express. Bodies stream both ways, no faster than the other side takes them. The
 * signal of the request fires when the client leaves early.
 *
 * A request without a usable host or target is answered with 400. A body that somebody else has read
 * is answered with 500, in words that say so, and `onError` is told: mount the listener before any
 * body parser.
 *
 * When a request is answered before it was read to its end, the rest is read and dropped for up to
 * 10 s, so that the client can take the answer; then the connection is closed.
 *
 * @example
 * createServer(toNodeListener(handler)).listen(8080);
 *
 * @example
 * app.use('/api/sync3', toNodeListener(handler)); // Express: before express.json()
 */
export function toNodeListener(
  handler: (request: Request) => Response | Promise<Response>,
  { onError }: NodeListenerOptions = {},
): (request: IncomingMessage, response: ServerResponse) => void {
  const tell = async (error: unknown) => {
    try {
      await onError?.(error);
    } catch {
      // A faulty log must not change an answer.
    }
  };

  /** Node forgets to fire the signal of a request that nobody holds any more. */
  const underWay = new Set<Request | string>();

  async function respondTo(incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
    const controller = new AbortController();
    const onClose = () => controller.abort(new Error('The client has left.'));
    const { stream, release } = openBody(incoming);
    outgoing.once('close', onClose);
    const request = readRequest(incoming, stream, controller.signal);
    underWay.add(request);
    try {
      if (typeof request === 'string') answerPlainly(outgoing, 400, request);
      else if (isTaken(incoming, request)) {
        const error = takenBody();
        void tell(error);
        answerPlainly(outgoing, 500, error.message);
      } else await answer(await handler(request), request, outgoing);
    } catch (error) {
      if (!controller.signal.aborted) void tell(error);
      answerPlainly(outgoing, 500, 'Internal Server Error');
    }
    underWay.delete(request);
    outgoing.off('close', onClose);
    release();
    await finish(incoming, outgoing);
  }

  return (incoming, outgoing) => void respondTo(incoming, outgoing);
}

function takenBody(): Sync3Error {
  return new Sync3Error('The body of this request was read before it got to toNodeListener.', {
    code: 'bodyAlreadyRead',
    advice: 'Mount the listener before body parsers, such as express.json().',
  });
}

/** Whether a body parser was there first. */
function isTaken(incoming: IncomingMessage, { body }: Request): boolean {
  return body !== null && (incoming.readableDidRead || incoming.readableEncoding !== null);
}

/** @returns what is wrong with it when it is no request. */
function readRequest(
  incoming: IncomingMessage,
  stream: ReadableStream<Uint8Array>,
  signal: AbortSignal,
): Request | string {
  const { rawHeaders, method = 'GET', httpVersionMajor } = incoming;
  try {
    const headers = new Headers();
    for (let index = 0; index < rawHeaders.length; index += 2) {
      const [name = '', value = ''] = rawHeaders.slice(index, index + 2);
      // HTTP/2 has pseudo headers.
      if (!name.startsWith(':')) headers.append(name, value);
    }
    const length = Number(headers.get('Content-Length') ?? 0);
    const isEmpty = httpVersionMajor < 2 && !headers.has('Transfer-Encoding') && !length;
    const hasBody = !isEmpty && method !== 'GET' && method !== 'HEAD';
    return new Request(readUrl(incoming, headers), {
      method,
      headers,
      signal,
      ...(hasBody && { body: stream, duplex: 'half' }),
    });
  } catch {
    return 'Bad Request';
  }
}

/** @throws {TypeError} there is no URL, or none that is safe to read. */
function readUrl(incoming: IncomingMessage, headers: Headers): URL {
  const { socket, originalUrl, url = '' } = incoming as IncomingMessage & { originalUrl?: string };
  // Express takes the path of the mount away from `url`.
  const target = originalUrl ?? url;
  // A client that takes this for a proxy sends the whole URL (RFC 9112, 3.2.2).
  if (/^https?:\/\//i.test(target)) return new URL(target);
  const host = headers.get('Host') ?? `${incoming.headers[':authority'] ?? ''}`;
  if (!hostPattern.test(host) || !target.startsWith('/')) throw new TypeError('no URL');
  return new URL(`${'encrypted' in socket ? 'https' : 'http'}://${host}${target}`);
}

/**
 * The body as a stream that reads only when it is read from. To cancel it leaves the connection
 * alone: the answer has yet to go out there.
 */
function openBody(incoming: IncomingMessage) {
  let release = () => {};
  const start = (controller: ReadableStreamDefaultController<Uint8Array>) => {
    const onData = (chunk: Uint8Array) => {
      incoming.pause();
      // A copy, as Node reuses its memory and whoever reads may transfer what it gets.
      controller.enqueue(new Uint8Array(chunk));
    };
    const onEnd = () => {
      leave();
      controller.close();
    };
    release = () => {
      leave();
      // Nothing when it has been closed.
      controller.error(new Error('The rest of the request did not come, or is no longer wanted.'));
    };
    const leave = () => {
      incoming.off('data', onData).off('end', onEnd).off('close', release);
    };
    incoming.pause();
    incoming.on('data', onData).on('end', onEnd).on('close', release);
  };
  const pull = () => void incoming.resume();
  const cancel = () => release();
  const stream = new ReadableStream({ start, pull, cancel }, { highWaterMark: 0 });
  return { stream, release: () => release() };
}

async function answer(
  { status, headers, body, bodyUsed }: Response,
  { method, signal }: Request,
  outgoing: ServerResponse,
): Promise<void> {
  if (bodyUsed) throw new TypeError('The body of the Response has been read.');
  const reader = body?.getReader();
  const cookies = headers.getSetCookie();
  outgoing.writeHead(status, {
    ...Object.fromEntries(headers),
    ...(cookies.length > 0 && { 'set-cookie': cookies }),
  });
  // The first bytes of the body may be long in coming.
  outgoing.flushHeaders();
  if (!reader) return;
  if (method === 'HEAD' || [204, 205, 304].includes(status)) reader.cancel().catch(() => {});
  else await writeBody(reader, outgoing, signal);
}

async function writeBody(
  reader: ReadableStreamDefaultReader<Uint8Array>,
  outgoing: ServerResponse,
  signal: AbortSignal,
): Promise<void> {
  let goOn = () => {};
  const wake = () => goOn();
  /** Also ends a read that is waited for. */
  const leave = () => {
    reader.cancel(signal.reason).catch(() => {});
    wake();
  };
  outgoing.on('drain', wake);
  signal.addEventListener('abort', leave);
  try {
    while (!signal.aborted) {
      const { done, value } = await reader.read();
      if (done) return;
      if (outgoing.write(value)) continue;
      await new Promise<void>((resolve) => {
        goOn = resolve;
      });
    }
  } finally {
    outgoing.off('drain', wake);
    signal.removeEventListener('abort', leave);
    leave();
  }
}

function answerPlainly(outgoing: ServerResponse, status: number, text: string): void {
  // Half an answer must not look like a whole one.
  if (outgoing.headersSent || outgoing.destroyed) outgoing.destroy();
  else outgoing.writeHead(status, { 'Content-Type': 'text/plain' }).write(text);
}

/**
 * Ends an answer whose text is on its way. A connection that is closed with unread bytes is reset,
 * and the answer may be lost with it; so what is left of the request is read first.
 */
async function finish(incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
  // Node closes at once where the connection is not kept.
  if (outgoing.shouldKeepAlive) outgoing.end();
  incoming.resume();
  const { socket } = incoming;
  if (!incoming.complete && !incoming.destroyed && !socket.destroyed) {
    await new Promise<void>((resolve) => {
      const timer = setTimeout(stop, patienceMs);
      function stop() {
        clearTimeout(timer);
        incoming.off('end', stop).off('close', stop);
        socket.off('close', stop);
        resolve();
      }
      incoming.on('end', stop).on('close', stop);
      // Once it has been answered, Node tells a request nothing of its connection.
      socket.on('close', stop);
    });
  }
  outgoing.end(() => {
    if (!incoming.complete) incoming.destroy();
  });
}
