import { isLoopbackName } from './host-check.js';

/** These listen everywhere; a client on this machine reaches them on the loopback interface. */
const loopbackOf: Record<string, string> = { '0.0.0.0': '127.0.0.1', '::': '[::1]' };

/** What stands in a URL for an address that is listened on: IPv6 is in brackets. */
export function urlHost(host: string): string {
  return loopbackOf[host] ?? (host.includes(':') ? `[${host}]` : host);
}

/** The warning for an address that other machines reach; `undefined` for one of this machine. */
export function warningFor(host: string, allowedHosts: readonly string[]): string | undefined {
  if (!(host in loopbackOf) && isLoopbackName(urlHost(host))) return undefined;
  const own = host in loopbackOf ? ['localhost', '127.0.0.1'] : [host];
  const names = [...own, ...allowedHosts].join(', ');
  return (
    `The mock server listens on ${host}: every machine that reaches it can run jobs, and make it ` +
    `send requests. It answers to these names only: ${names}; allowedHosts (--allowed-host) adds more.`
  );
}
