import type { IncomingMessage } from 'node:http';
import type { LookupFunction } from 'node:net';
import { pipeline } from 'node:stream';
import { createBrotliDecompress, createGunzip, createInflate } from 'node:zlib';
import { isPrivateHost } from '../media/private-host.js';
import { lookupPublicHost } from './lookup-public-host.js';

/** What is read of an answer. */
export interface FileResponse {
  readonly status: number;
  readonly headers: { get(name: string): string | null };
  /** Decoded, where the host has compressed it. */
  readonly body: AsyncIterable<Uint8Array>;
  /** Ends an answer whose body is not read. */
  discard(): void;
}

/** How a URL is opened. */
export interface GetOptions {
  signal: AbortSignal;
  headers: Record<string, string>;
  /** Stands in for Node's HTTP client. */
  fetch: typeof globalThis.fetch | undefined;
  /** Whether a public host may redirect to a private one. */
  allowPrivateRedirects: boolean;
}

const mostRedirects = 5;

/**
 * Opens a URL, as `fetch` does, for a body that may be large: Node's `fetch` copies every piece once
 * more, and can end the whole process when a host closes a connection whose body is not being read
 * (an assertion of undici; seen with Node 24.21).
 *
 * @throws {PrivateRedirect} a public host redirects to a private one, and that is not allowed.
 * @throws {Error} the host cannot be reached, or redirects more than five times.
 */
export async function get(url: string, options: GetOptions): Promise<FileResponse> {
  const { fetch } = options;
  let target = new URL(url);
  const mayBePrivate = options.allowPrivateRedirects || isPrivateHost(target.hostname);
  let lookup: LookupFunction | undefined;
  for (let redirects = 0; redirects <= mostRedirects; redirects++) {
    const answer = await (fetch
      ? askWith(fetch, target, options)
      : request(target, options, lookup));
    const location = answer.headers.get('location');
    if (location === null || ![301, 302, 303, 307, 308].includes(answer.status)) return answer;
    answer.discard();
    target = redirectTarget(location, target);
    if (!mayBePrivate) lookup = await lookupPublicHost(target);
  }
  throw new Error(`it was redirected more than ${mostRedirects} times`);
}

/** Credentials are those of the URL that was given, and only for its own host. */
function redirectTarget(location: string, from: URL): URL {
  const target = new URL(location, from);
  if (!/^https?:$/.test(target.protocol)) {
    throw new Error(`it was redirected to a URL that begins with ${target.protocol}`);
  }
  const isSameOrigin = target.origin === from.origin;
  target.username = isSameOrigin ? from.username : '';
  target.password = isSameOrigin ? from.password : '';
  return target;
}

async function askWith(
  fetch: typeof globalThis.fetch,
  url: URL,
  { signal, headers }: GetOptions,
): Promise<FileResponse> {
  const init: RequestInit = { signal, headers, cache: 'no-store', redirect: 'manual' };
  const response = await fetch(url.href, init);
  const { body } = response;
  async function* pieces() {
    if (body) yield* body;
  }
  const discard = () => void body?.cancel().catch(() => {});
  return { status: response.status, headers: response.headers, body: pieces(), discard };
}

async function request(
  url: URL,
  { signal, headers }: GetOptions,
  lookup: LookupFunction | undefined,
): Promise<FileResponse> {
  // Loaded by the first download: with it comes all of `fetch`, which takes longer than all of ours.
  const { get: open } = await (url.protocol === 'https:'
    ? import('node:https')
    : import('node:http'));
  signal.throwIfAborted();
  return new Promise((resolve, reject) => {
    const options = {
      headers: { accept: '*/*', 'user-agent': 'sync3', ...headers },
      ...(lookup && { lookup }),
    };
    const sent = open(url, options, (message) => resolve(toFileResponse(message))).on(
      'error',
      reject,
    );
    // Without an error: with its option `signal`, Node gives one to the socket, and nobody hears of
    // it there when the body has just ended.
    signal.addEventListener('abort', () => sent.destroy());
  });
}

/** Without the class `Headers`: it would load all of `fetch`. */
function toFileResponse(message: IncomingMessage): FileResponse {
  const { statusCode: status = 0, headers } = message;
  return {
    status,
    headers: { get: (name) => headers[name.toLowerCase()]?.toString() ?? null },
    body: givenBack(message),
    discard: () => void message.destroy(),
  };
}

/**
 * The pieces of a body, each to be used before the next is asked for: its memory is given back then.
 * V8 would keep tens of megabytes of dead pieces.
 */
async function* givenBack(message: IncomingMessage): AsyncGenerator<Uint8Array> {
  for await (const piece of decoded(message)) {
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
    'x-gzip': createGunzip,
    deflate: createInflate,
    br: createBrotliDecompress,
  }[`${message.headers['content-encoding']}`.toLowerCase()];
  // Whoever reads the decoder hears of errors.
  return decoder ? pipeline(message, decoder(), () => {}) : message;
}
