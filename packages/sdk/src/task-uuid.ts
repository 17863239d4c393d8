/** A UUID that has the form of version 4 and is always the same for the same key. */
export async function taskUUIDFor(idempotencyKey: string): Promise<string> {
  const text = new TextEncoder().encode(`sync3:${idempotencyKey}`);
  const bytes = new Uint8Array(await crypto.subtle.digest('SHA-512', text));
  // The lower half of a byte for each digit.
  const digit = (_: string, index: number) => ((bytes[index] as number) % 16).toString(16);
  return 'xxxxxxxx-xxxx-4xxx-8xxx-xxxxxxxxxxxx'.replace(/x/g, digit);
}
