import { timingSafeEqual } from 'node:crypto';
import type { IncomingMessage } from 'node:http';

/**
 * Whether a request may be answered: it names this machine as its host, or a web site could reach the
 * server by a name of its own that resolves to this machine (DNS rebinding); and no page but the server's
 * own has sent it. The port may be another, as behind `ssh -L`.
 */
export function isFromHere({ headers: { host = '', origin } }: IncomingMessage): boolean {
  if (!/^(localhost|127\.0\.0\.1)(:\d{1,5})?$/i.test(host)) return false;
  return origin === undefined || origin.toLowerCase() === `http://${host.toLowerCase()}`;
}

/**
 * Whether a request may act: the page itself has sent it. Browsers send `Origin` with every POST, and
 * only a page that was served by this server knows the token.
 */
export function isFromPage({ headers }: IncomingMessage, token: string): boolean {
  const given = headers['x-page-token'];
  return (
    headers.origin !== undefined &&
    /^application\/json\b/i.test(headers['content-type'] ?? '') &&
    typeof given === 'string' &&
    isSame(given, token)
  );
}

/** Compares without telling by the time it takes how much was right. */
export function isSame(given: string, expected: string): boolean {
  const [one, other] = [Buffer.from(given), Buffer.from(expected)];
  return one.length === other.length && timingSafeEqual(one, other);
}
