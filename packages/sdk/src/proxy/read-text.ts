import { readBoundedText } from '../bounded-text.js';

/**
 * Reads a body to its end, or to its bound in bytes; ends one that cannot be used.
 *
 * @throws what `readBoundedText` throws.
 */
export async function readText(
  body: ReadableStream<Uint8Array> | null,
  maxBytes: number,
): Promise<string> {
  if (!body) return '';
  const reader = body.getReader();
  try {
    return await readBoundedText(reader, maxBytes);
  } catch (error) {
    // Not awaited: a source that is slow to end must not hold up the answer.
    reader.cancel(error).catch(() => {});
    throw error;
  }
}
