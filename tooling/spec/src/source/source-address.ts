import { fileURLToPath } from 'node:url';
import { SpecError } from '../spec-error.ts';
import { quoted } from './quoted.ts';

/** A document's address on the web, or its path on this machine. */
export function parseAddress(from: string): URL | { path: string } {
  // One letter and a colon is a drive of Windows.
  if (!/^[a-z][a-z\d+.-]+:/i.test(from)) return { path: from };
  if (!URL.canParse(from)) throw new SpecError(`${quoted(from)} is no address and no path.`);
  const address = new URL(from);
  if (address.protocol === 'file:') return { path: pathOf(address) };
  const fault = checkAddress(address);
  if (fault) {
    throw new SpecError(
      `${quoted(shown(address))} is not fetched: ${fault}. Give an https address, or the path of a file.`,
    );
  }
  return address;
}

/** Why nothing is fetched from an address; `undefined` when it may be. */
export function checkAddress(address: URL): string | undefined {
  if (address.username || address.password) return 'it contains a user name or a password';
  if (address.protocol === 'https:') return undefined;
  if (address.protocol !== 'http:') return `its scheme is "${address.protocol}"`;
  return isLoopback(address.hostname) ? undefined : 'http is for this machine only';
}

/** An address as it may stand in a log: a query or a user name may hold a secret. */
export function shown(address: URL): string {
  return `${address.protocol}//${address.host}${address.pathname}`;
}

function isLoopback(host: string): boolean {
  // URL has normalised every way of writing an IPv4 address.
  return host === 'localhost' || host === '[::1]' || /^127\.\d+\.\d+\.\d+$/.test(host);
}

function pathOf(address: URL): string {
  try {
    return fileURLToPath(address);
  } catch {
    throw new SpecError(`${quoted(shown(address))} is not a file on this machine.`);
  }
}
