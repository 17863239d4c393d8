import { isPrivateHost } from './private-host.js';

/** Why no API can use a URL that the schema accepts; the sentence follows the name of the value. */
export function whyUnreachable(url: string): string | undefined {
  if (!/^https?:/i.test(url)) return 'must be an http(s) URL for the API to use it';
  // Without the slashes, or with a third one, `URL` takes the path for the host.
  if (!/^https?:\/\/[^/]/i.test(url) || !URL.canParse(url)) return 'has no valid host and port';
  const { hostname, port } = new URL(url);
  if (port === '0') return 'has no valid host and port';
  return isPrivateHost(hostname) ? 'names a private host, which the API cannot reach' : undefined;
}
