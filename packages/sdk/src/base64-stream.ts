import type { StreamedBody } from './transport.js';

/** Bytes encoded at a time; a multiple of 3, so that only the last piece is padded. */
const pieceSize = 192 * 1024;
/** Most arguments that every runtime takes in one call. */
const largestCall = 8 * 1024;

/**
 * A request body in which a Blob stands as base64 between two texts. It is read and encoded piece by
 * piece as it is sent: memory use does not depend on the size of the Blob.
 */
export function streamBase64(
  blob: Blob,
  before: string,
  after: string,
  onProgress?: (progress: { sentBytes: number; totalBytes: number }) => void,
): StreamedBody {
  const { size } = blob;
  const [head, tail] = [before, after].map((text) => new TextEncoder().encode(text)) as [
    Uint8Array,
    Uint8Array,
  ];
  return {
    size: head.length + Math.ceil(size / 3) * 4 + tail.length,
    open() {
      let position = 0;
      return new ReadableStream<Uint8Array>({
        start: (controller) => controller.enqueue(head),
        async pull(controller) {
          const piece = await blob.slice(position, position + pieceSize).arrayBuffer();
          controller.enqueue(new TextEncoder().encode(toBase64(new Uint8Array(piece))));
          position += piece.byteLength;
          onProgress?.({ sentBytes: position, totalBytes: size });
          if (position < size) return;
          controller.enqueue(tail);
          controller.close();
        },
      });
    },
  };
}

function toBase64(bytes: Uint8Array): string {
  let binary = '';
  for (let start = 0; start < bytes.length; start += largestCall) {
    binary += String.fromCharCode(...bytes.subarray(start, start + largestCall));
  }
  return btoa(binary);
}
