/** Why a text is not read to its end. */
export class TextTooLong extends Error {}

/**
 * Reads UTF-8 to its end, but not further than its bound, whatever length was announced. What is left
 * after a failure stays unread.
 *
 * @throws {TextTooLong} it is longer than `maxBytes`.
 * @throws {TypeError} it is not UTF-8.
 * @throws whatever the reader fails with.
 */
export async function readBoundedText(
  reader: ReadableStreamDefaultReader<Uint8Array>,
  maxBytes: number,
): Promise<string> {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  let text = '';
  let size = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return text + decoder.decode();
    size += value.byteLength;
    if (size > maxBytes) throw new TextTooLong(`The body is longer than ${maxBytes} bytes.`);
    text += decoder.decode(value, { stream: true });
  }
}
