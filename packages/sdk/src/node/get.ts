import { get as getHttp, type IncomingMessage } from 'node:http';
import { get as getHttps } from 'node:https';
import { pipeline } from 'node:stream';
import { createBrotliDecompress, createGunzip, createInflate } from 'node:zlib';

/** What is read of an answer. A `Response` has it, too. */
export interface Answer {
  readonly ok: boolean;
  readonly status: number;
  readonly headers: { get(name: string): string | null; has(name: string): boolean };
  readonly body: AsyncIterable<Uint8Array> | null;
}

const mostRedirects = 5;

/**
 * Opens a URL, as `fetch` does, for a body that may be large: Node's `fetch` copies every piece once
 * more, and can end the whole process when a host closes a connection whose body is not being read
 * (an assertion of undici; seen with Node 24.21).
 *
 * @throws {Error} the host cannot be reached, or redirects more than five times.
 */
export async function get(url: string, { signal }: { signal: AbortSignal }): Promise<Answer> {
  let target = new URL(url);
  for (let redirects = 0; redirects <= mostRedirects; redirects++) {
    const message = await request(target, signal);
    const { statusCode: status = 0 } = message;
    const { location } = message.headers;
    if (location === undefined || ![301, 302, 303, 307, 308].includes(status)) {
      const ok = status >= 200 && status < 300;
      return { ok, status, headers: headersOf(message), body: givenBack(decoded(message)) };
    }
    message.destroy();
    target = new URL(location, target);
  }
  throw new Error(`it was redirected more than ${mostRedirects} times`);
}

function request(url: URL, signal: AbortSignal): Promise<IncomingMessage> {
  const headers = { accept: '*/*', 'accept-encoding': 'identity', 'user-agent': 'sync3' };
  signal.throwIfAborted();
  return new Promise((resolve, reject) => {
    // Any other protocol is refused by `http.get`.
    const open = url.protocol === 'https:' ? getHttps : getHttp;
    const sent = open(url, { headers }, resolve).on('error', reject);
    // Without an error: with its option `signal`, Node gives one to the socket, and nobody hears of
    // it there when the body has just ended.
    signal.addEventListener('abort', () => sent.destroy());
  });
}

/** Without the class `Headers`: it would load all of `fetch`. */
function headersOf({ headers }: IncomingMessage): Answer['headers'] {
  return {
    get: (name) => headers[name.toLowerCase()]?.toString() ?? null,
    has: (name) => name.toLowerCase() in headers,
  };
}

/**
 * The pieces of a body, each to be used before the next is asked for: its memory is given back then.
 * V8 would keep tens of megabytes of dead pieces.
 */
async function* givenBack(body: AsyncIterable<Buffer>): AsyncGenerator<Uint8Array> {
  for await (const piece of body) {
    yield piece;
    const buffer = piece.buffer as ArrayBufferLike & { transfer?: (size: number) => void };
    // Only what is this piece's alone; Node 20 cannot do it.
    if (buffer.byteLength === piece.byteLength) buffer.transfer?.(0);
  }
}

/** The body, also when the host has compressed it without being asked. */
function decoded(message: IncomingMessage): AsyncIterable<Buffer> {
  const decoder = {
    gzip: createGunzip,
    deflate: createInflate,
    br: createBrotliDecompress,
  }[`${message.headers['content-encoding']}`];
  // Whoever reads the decoder hears of errors.
  return decoder ? pipeline(message, decoder(), () => {}) : message;
}
