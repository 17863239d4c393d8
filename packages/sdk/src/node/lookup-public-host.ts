import { type LookupAddress, lookup } from 'node:dns';
import { isIP, type LookupFunction } from 'node:net';
import { isPrivateHost } from '../media/private-host.js';

/** A redirect from a public host leads to a private or link-local address. */
export class PrivateRedirect extends Error {}

/**
 * Resolves the name of a host, and refuses it when one of its addresses is private or link-local.
 *
 * @returns what Node's HTTP client is to resolve the name with. It gives the addresses that were
 *   looked at, whatever the name resolves to by then.
 * @throws {PrivateRedirect} the host is, or resolves to, a private or link-local address.
 */
export async function lookupPublicHost({ hostname }: URL): Promise<LookupFunction> {
  if (isPrivateHost(hostname)) throw new PrivateRedirect(hostname);
  const { error, addresses } = await resolve(hostname);
  for (const { address } of addresses) {
    if (isPrivateHost(address)) throw new PrivateRedirect(`${hostname} (${address})`);
  }
  return (name, options, done) => {
    const [first] = addresses;
    // A proxy, which resolves the name of the host itself.
    if (name !== hostname) lookup(name, options, done);
    else if (!first) done(error, []);
    else if (options.all) done(null, addresses);
    else done(null, first.address, first.family);
  };
}

/** Does not fail where only a proxy knows the name. */
function resolve(hostname: string) {
  return new Promise<{ error: Error | null; addresses: LookupAddress[] }>((settle) => {
    // Nothing to ask for: the client does not resolve addresses.
    if (isIP(hostname.replace(/^\[|\]$/g, ''))) settle({ error: null, addresses: [] });
    else {
      lookup(hostname, { all: true }, (error, addresses = []) => settle({ error, addresses }));
    }
  });
}
