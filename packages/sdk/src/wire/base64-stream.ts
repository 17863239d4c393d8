import { Sync3Error } from '../errors/sync3-error.js';
import { delay } from './abort.js';
import { toBase64 } from './base64.js';
import { failureReason } from './failure-reason.js';

/** Bytes that are read at a time; a multiple of `chunkSize`. */
const pieceSize = 196_608;
/**
 * Bytes that are encoded at a time, to 64 KiB: their memory is used again soon. A multiple of 3, so
 * that only the last one is padded.
 */
const chunkSize = 49_152;
/** How long a body may be made without a turn of the event loop, in ms. */
const longestTurnMs = 10;

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
  let turnedAt = performance.now();
  const stream = new ReadableStream<Uint8Array<ArrayBuffer>>({
    start: (controller) => controller.enqueue(head),
    async pull(controller) {
      try {
        // Node goes on reading after an abort.
        request.signal.throwIfAborted();
        const buffer = await blob.slice(position, position + pieceSize).arrayBuffer();
        const piece = new Uint8Array(buffer);
        position += piece.length;
        for (let start = 0; start < piece.length; start += chunkSize) {
          controller.enqueue(toBase64(piece.subarray(start, start + chunkSize)));
        }
        // Frees it now: the garbage collector lets 64 MB of buffers come together. Node 20 has no way.
        (buffer as { transfer?(size: number): void }).transfer?.(0);
        onProgress({ sentBytes: position, totalBytes: size });
        if (position >= size) {
          controller.enqueue(tail);
          controller.close();
        }
        // A Blob in memory is read without a turn of the event loop: timers and aborts would wait.
        if (performance.now() - turnedAt > longestTurnMs) {
          await delay(0);
          turnedAt = performance.now();
        }
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
