/**
 * A UUID that has the form of version 4 and is always the same for the same key and namespace.
 *
 * @param namespace keeps equal keys of two tenants or applications apart. Without one, the key alone
 * decides.
 */
export async function taskUUIDFor(idempotencyKey: string, namespace?: string): Promise<string> {
  // JSON, as a plain concatenation makes ('a', 'bc') and ('ab', 'c') one text; no colon behind
  // `sync3`, as every text after it may be a key without a namespace.
  const name =
    namespace == null
      ? `:${idempotencyKey}`
      : JSON.stringify([`${namespace}`, `${idempotencyKey}`]);
  const text = new TextEncoder().encode(`sync3${name}`);
  const bytes = new Uint8Array(await crypto.subtle.digest('SHA-512', text));
  // The lower half of a byte for each digit.
  const digit = (_: string, index: number) => ((bytes[index] as number) % 16).toString(16);
  return 'xxxxxxxx-xxxx-4xxx-8xxx-xxxxxxxxxxxx'.replace(/x/g, digit);
}
