import { readBoundedText } from '../wire/bounded-text.js';

/**
 * Reads a body to its end, or to its bound in bytes; ends one that cannot be used, or is no longer
 * wanted. What is returned after the signal has fired may be cut.
 *
 * @throws what `readBoundedText` throws.
 */
export async function readText(
  body: ReadableStream<Uint8Array> | null,
  maxBytes: number,
  signal: AbortSignal,
): Promise<string> {
  if (!body) return '';
  const reader = body.getReader();
  // Not awaited: a source that is slow to end must not hold up the answer.
  const cancel = () => void reader.cancel().catch(() => {});
  signal.addEventListener('abort', cancel);
  if (signal.aborted) cancel();
  try {
    return await readBoundedText(reader, maxBytes);
  } catch (error) {
    cancel();
    throw error;
  } finally {
    signal.removeEventListener('abort', cancel);
  }
}
