/** Why a text is not read to its end. */
export class TextTooLong extends Error {
  constructor(maxBytes: number) {
    super(`The body is longer than ${maxBytes} bytes.`);
  }
}

/**
 * Reads UTF-8 to its end, but not further than its bound, whatever length was announced. What is left
 * after a failure stays unread.
 *
 * @param decoder one that is not fatal puts a replacement character for what is not UTF-8.
 * @throws {TextTooLong} it is longer than `maxBytes`.
 * @throws {TypeError} it is not UTF-8.
 * @throws whatever the reader fails with.
 */
export async function readBoundedText(
  reader: Pick<ReadableStreamDefaultReader<Uint8Array>, 'read'>,
  maxBytes: number,
  decoder = new TextDecoder('utf-8', { fatal: true }),
): Promise<string> {
  let text = '';
  let size = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return text + decoder.decode();
    size += value.byteLength;
    if (size > maxBytes) throw new TextTooLong(maxBytes);
    text += decoder.decode(value, { stream: true });
  }
}
