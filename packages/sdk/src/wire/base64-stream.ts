import { Sync3Error } from '../errors/sync3-error.js';
import { delay } from './abort.js';
import { failureReason } from './failure-reason.js';

/** Bytes encoded at a time; a multiple of 3, so that only the last piece is padded. */
const pieceSize = 196_608;
/** Most arguments that every runtime takes in one call. */
const largestCall = 8_192;

/** A request body that is made as it is sent. */
export interface StreamedBody {
  stream: ReadableStream<Uint8Array<ArrayBuffer>>;
  /** Bytes. */
  size: number;
}

/**
 * A request body in which a Blob stands as a data URI, in the empty string that the JSON of the last
 * task ends with. It is read and encoded piece by piece as it is sent: memory use does not depend on
 * the size of the Blob.
 *
 * @param request ends the stream; is aborted when the Blob cannot be read, because some runtimes do
 *   not say why a body failed.
 */
export function streamBase64(
  json: string,
  blob: Blob,
  request: AbortController,
  onProgress: (progress: { sentBytes: number; totalBytes: number }) => void,
): StreamedBody {
  const { size } = blob;
  const encoder = new TextEncoder();
  // Parameters of a type, such as `codecs="vp9,opus"`, would end a data URI.
  const type = blob.type.split(';')[0] || 'application/octet-stream';
  // Between the last two quotation marks.
  const head = encoder.encode(`${json.slice(0, -3)}data:${type};base64,`);
  const tail = encoder.encode(json.slice(-3));
  let position = 0;
  const stream = new ReadableStream<Uint8Array<ArrayBuffer>>({
    start: (controller) => controller.enqueue(head),
    async pull(controller) {
      try {
        // Node goes on reading after an abort.
        request.signal.throwIfAborted();
        const piece = await blob.slice(position, position + pieceSize).arrayBuffer();
        controller.enqueue(encoder.encode(toBase64(new Uint8Array(piece))));
        position += piece.byteLength;
        onProgress({ sentBytes: position, totalBytes: size });
        if (position >= size) {
          controller.enqueue(tail);
          controller.close();
        }
        // A Blob in memory is read without a turn of the event loop: timers and aborts would wait.
        await delay(0);
      } catch (cause) {
        const message = `The file cannot be read: ${failureReason(cause)}.`;
        const unreadable = new Sync3Error(message, { code: 'unreadableFile', cause });
        request.abort(Sync3Error.is(cause) ? cause : unreadable);
        throw cause;
      }
    },
  });
  return { stream, size: head.length + Math.ceil(size / 3) * 4 + tail.length };
}

function toBase64(bytes: Uint8Array): string {
  let binary = '';
  for (let start = 0; start < bytes.length; start += largestCall) {
    // Several times as fast as with a spread.
    binary += String.fromCharCode.apply(
      null,
      bytes.subarray(start, start + largestCall) as unknown as number[],
    );
  }
  return btoa(binary);
}
