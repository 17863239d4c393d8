import type { IncomingMessage } from 'node:http';

/** Whether a request may be answered. */
export type HostCheck = (request: IncomingMessage) => boolean;

/**
 * Makes the check of every route: a request has to name this machine, or one of `allowedHosts`, as
 * its host, or a web site could reach the server by a name of its own that resolves to this machine
 * (DNS rebinding); and no page but the server's own may send it.
 *
 * @param allowedHosts names and addresses without a port, in lower case.
 */
export function createHostCheck(allowedHosts: readonly string[]): HostCheck {
  return ({ headers }) => {
    const { host = '', origin } = headers;
    const url = plainUrl(host);
    if (!url) return false;
    if (!isLoopbackName(url.hostname) && !allowedHosts.includes(url.hostname)) return false;
    return origin === undefined || origin.toLowerCase() === url.origin;
  };
}

/** Whether a text is the name or the address of a host, and nothing else. */
export function isHostName(text: unknown): text is string {
  if (typeof text !== 'string' || !/^([\w.-]+|\[[\da-f:.]+\])$/i.test(text)) return false;
  return plainUrl(text)?.hostname === text.toLowerCase();
}

/** Whether a host, as a URL spells it, is this machine. */
export function isLoopbackName(hostname: string): boolean {
  return hostname === 'localhost' || hostname === '[::1]' || /^127(\.\d{1,3}){3}$/.test(hostname);
}

/** The URL of a `Host`; anything besides name and port would make the two read differently. */
function plainUrl(host: string): URL | undefined {
  if (!URL.canParse(`http://${host}`)) return undefined;
  const url = new URL(`http://${host}`);
  const isPlain = url.host === host.toLowerCase() || `${url.host}:80` === host.toLowerCase();
  return isPlain ? url : undefined;
}
