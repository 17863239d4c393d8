/**
 * What is wrong with an address that events are posted to, as the rest of a sentence; `undefined` when all
 * is well. The address itself may hold a secret, and is not repeated.
 */
export function faultOfAddress(url: string): string | undefined {
  const { protocol = '', username, password } = URL.parse(url) ?? {};
  if (!['http:', 'https:'].includes(protocol)) {
    return 'is no http or https address. Write it as https://host/path';
  }
  if (!username && !password) return undefined;
  return 'has a user or a password, which no request can carry in its address. A token may be part of its path.';
}
