/** Why a text is not read to its end. */
export class TextTooLong extends Error {}

/**
 * Reads a body to its end, but not further than its bound, whatever length was announced.
 *
 * @throws {TextTooLong} it is longer than `maxBytes`.
 * @throws {TypeError} it is not UTF-8.
 * @throws whatever the body fails with.
 */
export async function readText(
  body: ReadableStream<Uint8Array> | null,
  maxBytes: number,
): Promise<string> {
  if (!body) return '';
  const reader = body.getReader();
  const decoder = new TextDecoder('utf-8', { fatal: true });
  let text = '';
  let size = 0;
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return text + decoder.decode();
      size += value.byteLength;
      if (size > maxBytes) throw new TextTooLong(`The body is longer than ${maxBytes} bytes.`);
      text += decoder.decode(value, { stream: true });
    }
  } catch (error) {
    // Not awaited: a source that is slow to end must not hold up the answer.
    reader.cancel(error).catch(() => {});
    throw error;
  }
}
