import { Sync3Error } from '../errors/sync3-error.js';
import type { ProxyAnswer } from './answer.js';
import { Refusal } from './refusal.js';

/**
 * Keeps foreign pages out: they could spend the budget of a user who is signed in. Browsers name the
 * origin of a page in every POST to another; whoever is no browser needs credentials anyway.
 *
 * @returns a function that gives the headers which let a page of an allowed origin read the answer,
 * none for pages of the proxy's own host, and throws for all others.
 * @throws {Sync3Error} one of the allowed origins is not an origin.
 */
export function createOriginGate(
  allowedOrigins: readonly string[],
): (request: Request) => Record<string, string> {
  const wrong = allowedOrigins.find((text) => !isOrigin(text));
  if (wrong !== undefined) {
    const message = `allowedOrigins: "${wrong}" is not like https://app.example.`;
    throw new Sync3Error(message, { code: 'invalidOption' });
  }
  const allowed = new Set(allowedOrigins);
  return (request) => {
    const origin = request.headers.get('Origin');
    if (origin !== null && allowed.has(origin)) {
      return {
        'Access-Control-Allow-Origin': origin,
        'Access-Control-Expose-Headers': 'Retry-After',
        Vary: 'Origin',
      };
    }
    if (origin === null || isOwn(origin, request)) return {};
    throw new Refusal(403, 'Pages of this origin may not call.');
  };
}

/** The answer to a browser that asks whether a page of an allowed origin may call. */
export function preflightAnswer(
  { method, headers }: Request,
  crossOrigin: Record<string, string>,
): ProxyAnswer | undefined {
  const isAllowed = Object.keys(crossOrigin).length > 0;
  if (method !== 'OPTIONS' || !isAllowed || !headers.has('Access-Control-Request-Method')) return;
  return {
    status: 204,
    body: null,
    headers: {
      'Access-Control-Allow-Methods': 'POST',
      // The client may be set up with headers of the application's own.
      'Access-Control-Allow-Headers': headers.get('Access-Control-Request-Headers') ?? '',
      // Seconds. Without it, browsers ask again before nearly every poll.
      'Access-Control-Max-Age': '7200',
    },
  };
}

/** As browsers write it: no path, no default port. Apps have schemes of their own. */
function isOrigin(text: string): boolean {
  if (!/^[a-z][a-z\d+.-]*:\/\/[^/?#@\s]+$/.test(text) || !URL.canParse(text)) return false;
  return !/^https?:/.test(text) || new URL(text).origin === text;
}

/**
 * Whether a page comes from the host that it calls. A reverse proxy may end TLS and pass plain HTTP
 * on, so that the scheme of the URL, and with it the default port, says little. But a page of plain
 * HTTP is foreign to an HTTPS host: whoever is on the way may have written it.
 */
function isOwn(origin: string, request: Request): boolean {
  if (!/^https?:/.test(origin) || !isOrigin(origin)) return false;
  const page = new URL(origin);
  const own = new URL(request.url);
  if (page.protocol === 'http:' && own.protocol === 'https:') return false;
  const named = `${page.protocol}//${request.headers.get('Host') ?? ''}`;
  return page.host === own.host || (URL.canParse(named) && page.host === new URL(named).host);
}
