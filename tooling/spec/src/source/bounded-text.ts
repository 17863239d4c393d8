import { SpecError } from '../spec-error.ts';

/**
 * Collects a stream of bytes into text and stops reading with the first byte too many.
 *
 * @param what - What the bytes belong to, for the message.
 * @throws {SpecError} when there are more than `maxBytes`, or the bytes are not UTF-8.
 */
export async function readBoundedText(
  stream: AsyncIterable<Uint8Array>,
  maxBytes: number,
  what: string,
): Promise<string> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  // Leaving the loop, also by throwing, closes the stream.
  for await (const chunk of stream) {
    bytes += chunk.length;
    if (bytes > maxBytes) throw tooLarge(what, maxBytes);
    chunks.push(chunk);
  }
  try {
    // Drops a byte order mark.
    return new TextDecoder('utf-8', { fatal: true }).decode(Buffer.concat(chunks));
  } catch {
    throw new SpecError(`${what} is not UTF-8 text. Give the address of the JSON document itself.`);
  }
}

export function tooLarge(what: string, maxBytes: number): SpecError {
  return new SpecError(
    `${what} is larger than ${maxBytes} bytes, so it was not read to its end. ` +
      'The document of one model is far smaller: give the address of that one.',
  );
}
