import { SpecError } from '../spec-error.ts';
import { readBoundedText, tooLarge } from './bounded-text.ts';
import { quoted } from './quoted.ts';
import { readDocumentFile } from './read-document-file.ts';
import { checkAddress, parseAddress, shown } from './source-address.ts';

/** Where Runware publishes the document of this model. */
export const publishedDocument = 'https://runware.ai/docs/models/sync-3/schema.json';

/** For the whole request: connecting, redirects, headers and body. In milliseconds. */
export const fetchTimeoutMs = 30_000;

/** Bound on the document after decompression. The present one has 28 kB. */
export const maxDocumentBytes = 4 * 1024 * 1024;

/** A document that has moved is found; a circle of addresses ends. */
const maxRedirects = 3;

export interface FetchOptions {
  /** @default fetchTimeoutMs */
  timeoutMs?: number;
  /** @default maxDocumentBytes */
  maxBytes?: number;
}

/**
 * The text of a document, as it is stored or sent.
 *
 * @param from - An `https:` address (`http:` for this machine only), a `file:` address or a path.
 * @throws {SpecError} when it cannot be had whole, in time, within the bounds and as UTF-8 text.
 */
export async function fetchDocument(from: string, options: FetchOptions = {}): Promise<string> {
  const { timeoutMs = fetchTimeoutMs, maxBytes = maxDocumentBytes } = options;
  const address = parseAddress(from);
  if (!(address instanceof URL)) return readDocumentFile(address.path, maxBytes);

  const signal = AbortSignal.timeout(timeoutMs);
  let reached = address;
  try {
    const response = await request(address, signal, (next) => {
      reached = next;
    });
    return await readAnswer(response, reached, maxBytes);
  } catch (error) {
    if (error instanceof SpecError) throw error;
    throw new SpecError(`${failure(error, signal, reached, timeoutMs)}`, {
      cause: error,
    });
  }
}

/** Redirects are followed by hand: each address is checked before anything is sent there. */
async function request(
  start: URL,
  signal: AbortSignal,
  onAddress: (address: URL) => void,
): Promise<Response> {
  let address = start;
  for (let redirects = 0; redirects <= maxRedirects; redirects++) {
    onAddress(address);
    const response = await fetch(address, {
      redirect: 'manual',
      signal,
      headers: { accept: 'application/json' },
    });
    const location = response.headers.get('location');
    if (!redirectStatuses.has(response.status) || location === null) return response;
    await response.body?.cancel();
    address = nextAddress(location, address, start);
  }
  throw new SpecError(
    `${shown(start)} redirects more than ${maxRedirects} times. ` +
      'Open it in a browser and give the address at which it ends.',
  );
}

const redirectStatuses = new Set([301, 302, 303, 307, 308]);

function nextAddress(location: string, base: URL, start: URL): URL {
  if (!URL.canParse(location, base.href)) {
    throw new SpecError(`${shown(base)} redirects to ${quoted(location)}, which is no address.`);
  }
  const next = new URL(location, base.href);
  const fault = checkAddress(next);
  if (fault || (next.protocol === 'http:' && start.protocol !== 'http:')) {
    throw new SpecError(
      `${shown(base)} redirects to ${quoted(shown(next))}, which is not followed: ` +
        `${fault ?? 'that leaves https'}. Give the address of the document itself.`,
    );
  }
  return next;
}

async function readAnswer(response: Response, address: URL, maxBytes: number): Promise<string> {
  const what = `The answer of ${shown(address)}`;
  const fault = faultOf(response, maxBytes, what);
  if (fault) {
    await response.body?.cancel();
    throw fault;
  }
  return readBoundedText(response.body ?? emptyBody(), maxBytes, what);
}

function faultOf(response: Response, maxBytes: number, what: string): SpecError | undefined {
  if (response.status !== 200) {
    return new SpecError(
      `${what} is status ${response.status}, not 200. Open the address in a browser: ` +
        'the document may have moved; then give the new address with --from.',
    );
  }
  const type = response.headers.get('content-type')?.split(';')[0]?.trim().toLowerCase() ?? '';
  if (!documentTypes.test(type)) {
    return new SpecError(
      `${what} is of type ${quoted(type)}, not JSON; it is probably a page for people. ` +
        'Give the address of the JSON document itself.',
    );
  }
  return Number(response.headers.get('content-length')) > maxBytes
    ? tooLarge(what, maxBytes)
    : undefined;
}

/** Hosts of raw files say text/plain or nothing. */
const documentTypes =
  /^(|application\/json|application\/.+\+json|application\/octet-stream|text\/plain|text\/json)$/;

async function* emptyBody(): AsyncGenerator<Uint8Array> {}

function failure(error: unknown, signal: AbortSignal, address: URL, timeoutMs: number): string {
  if (signal.aborted) {
    return `${shown(address)} did not answer completely within ${timeoutMs} ms. Try again later.`;
  }
  const { code } = Object((error as Error).cause) as { code?: unknown };
  const reason = typeof code === 'string' ? ` (${code})` : '';
  return (
    `${shown(address)} could not be read to its end${reason}. ` +
    'Check the address and the network, and try again.'
  );
}
