import { readBoundedText } from './bounded-text.js';

/** A web stream, or one of Node's from a `fetch` that is not the platform's. */
interface Body {
  getReader?: () => ReadableStreamDefaultReader<Uint8Array>;
  [Symbol.asyncIterator]?: () => { next: ReadableStreamDefaultReader<Uint8Array>['read'] };
}

/**
 * Reads an answer, decompressed, to its end or its bound. Signs that are not UTF-8 are replaced: the
 * page of a gateway may be in any encoding.
 *
 * @throws {TextTooLong} it is longer than `maxBytes`.
 * @throws whatever the body fails with.
 */
export async function readAnswer(response: Response, maxBytes: number): Promise<string> {
  const body = response.body as Body | null;
  const chunks = body?.getReader ? undefined : body?.[Symbol.asyncIterator]?.();
  const reader = body?.getReader?.() ?? (chunks && { read: () => chunks.next() });
  // Without a stream, as in React Native, nothing can be bounded.
  return reader ? readBoundedText(reader, maxBytes, new TextDecoder()) : response.text();
}
