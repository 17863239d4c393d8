import type { StreamedBody } from './transport.js';

/** Bytes encoded at a time; a multiple of 3, so that only the last piece is padded. */
const pieceSize = 48 * 1024;

/**
 * A request body in which a Blob stands as base64 between two texts. It is encoded as it is sent:
 * memory use does not depend on the size of the Blob.
 */
export function streamBase64(
  blob: Blob,
  before: string,
  after: string,
  onProgress?: (progress: { sentBytes: number; totalBytes: number }) => void,
): StreamedBody {
  const encoder = new TextEncoder();
  const head = encoder.encode(before);
  const tail = encoder.encode(after);
  async function* pieces(): AsyncGenerator<Uint8Array, void, undefined> {
    yield head;
    let rest: Uint8Array = new Uint8Array();
    let sentBytes = 0;
    for await (const chunk of readChunks(blob)) {
      let bytes: Uint8Array = chunk;
      if (rest.length > 0) {
        bytes = new Uint8Array(rest.length + chunk.length);
        bytes.set(rest);
        bytes.set(chunk, rest.length);
      }
      const whole = bytes.length - (bytes.length % 3);
      for (let start = 0; start < whole; start += pieceSize) {
        yield encoder.encode(toBase64(bytes.subarray(start, Math.min(start + pieceSize, whole))));
      }
      rest = bytes.slice(whole);
      sentBytes += chunk.length;
      onProgress?.({ sentBytes, totalBytes: blob.size });
    }
    yield encoder.encode(toBase64(rest));
    yield tail;
  }
  return {
    size: head.length + Math.ceil(blob.size / 3) * 4 + tail.length,
    open() {
      const source = pieces();
      return new ReadableStream<Uint8Array>({
        async pull(controller) {
          const { done, value } = await source.next();
          if (done) controller.close();
          else if (value.length > 0) controller.enqueue(value);
          else await this.pull?.(controller);
        },
        async cancel() {
          await source.return();
        },
      });
    },
  };
}

/** Not every runtime can iterate over a stream with `for await`. */
async function* readChunks(blob: Blob): AsyncGenerator<Uint8Array, void, undefined> {
  const reader = blob.stream().getReader();
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      yield value;
    }
  } finally {
    await reader.cancel().catch(() => {});
  }
}

function toBase64(bytes: Uint8Array): string {
  let binary = '';
  const largestCall = 8 * 1024;
  for (let start = 0; start < bytes.length; start += largestCall) {
    binary += String.fromCharCode(...bytes.subarray(start, start + largestCall));
  }
  return btoa(binary);
}
