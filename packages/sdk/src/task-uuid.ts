/** A UUID that has the form of version 4 and is always the same for the same key. */
export async function taskUUIDFor(idempotencyKey: string): Promise<string> {
  const text = new TextEncoder().encode(`sync3:${idempotencyKey}`);
  const bytes = new Uint8Array(await crypto.subtle.digest('SHA-256', text));
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
  return hex.replace(/^(.{8})(.{4}).(.{3}).(.{3})(.{12}).*/, '$1-$2-4$3-8$4-$5');
}
