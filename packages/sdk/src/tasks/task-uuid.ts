import { Sync3Error } from '../errors/sync3-error.js';
import { uuidFrom } from './random-uuid.js';

/**
 * A UUID that has the form of version 4 and is always the same for the same key and namespace.
 *
 * @param namespace keeps equal keys of two tenants or applications apart. Without one, the key alone
 * decides.
 * @throws {Sync3Error} `insecureContext`: this page has no SHA-512, as it was not loaded over https.
 */
export async function taskUUIDFor(idempotencyKey: string, namespace?: string): Promise<string> {
  if (!crypto.subtle) {
    throw new Sync3Error('idempotencyKey needs SHA-512, which browsers give to https pages only.', {
      code: 'insecureContext',
      advice: 'Load the page over https or from localhost, or give a taskUUID.',
    });
  }
  // JSON, as a plain concatenation makes ('a', 'bc') and ('ab', 'c') one text; no colon behind
  // `sync3`, as every text after it may be a key without a namespace.
  const name =
    namespace == null
      ? `:${idempotencyKey}`
      : JSON.stringify([`${namespace}`, `${idempotencyKey}`]);
  const text = new TextEncoder().encode(`sync3${name}`);
  return uuidFrom(new Uint8Array(await crypto.subtle.digest('SHA-512', text)));
}
