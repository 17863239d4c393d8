import type { IncomingMessage } from 'node:http';

/**
 * Whether the control endpoints answer a request: it has to name this machine as its host, or a web
 * site could reach them by a name of its own that resolves to 127.0.0.1 (DNS rebinding), and no page
 * but the server's own may send it.
 */
export function isAllowed({ headers }: IncomingMessage): boolean {
  const { host = '', origin } = headers;
  if (!URL.canParse(`http://${host}`)) return false;
  const url = new URL(`http://${host}`);
  // Anything besides name and port would make the two read differently.
  const isPlain = url.host === host.toLowerCase() || `${url.host}:80` === host.toLowerCase();
  if (!isPlain || !isLoopbackName(url.hostname)) return false;
  return origin === undefined || origin.toLowerCase() === url.origin;
}

function isLoopbackName(hostname: string): boolean {
  return hostname === 'localhost' || hostname === '[::1]' || /^127(\.\d{1,3}){3}$/.test(hostname);
}
