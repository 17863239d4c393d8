import type { StreamedBody } from './base64-stream.js';

/** What a runtime has to be told to send a body as it is made. */
export interface StreamingOptions {
  body: ReadableStream | Blob | ArrayBuffer;
  redirect: 'error' | 'manual';
}

/** What is known of the way in which a `fetch` sends bodies. */
export interface BodySupport {
  /** Whether it has turned a stream into text, as node-fetch does: it takes none. */
  isStringifying: boolean;
}

/**
 * How this runtime sends a body as it is made, with its exact length: Node, Bun and Deno as a stream,
 * workerd as a stream of fixed length. Browsers send streams over HTTP/2 only, and let nobody set a
 * length; there the body is put together first, and so it is for a `fetch` that takes no streams.
 *
 * @param support is marked when `fetch` turns the stream into text. That fails, before anything is
 *   sent: it would send `[object ReadableStream]`.
 * @param onHeld called when the body has been put together in memory.
 */
export async function streamingOptions(
  { stream, size }: StreamedBody,
  headers: Headers,
  support: BodySupport,
  onHeld: () => void,
): Promise<StreamingOptions> {
  const { FixedLengthStream } = globalThis as {
    FixedLengthStream?: new (size: number) => TransformStream;
  };
  const guard = {
    toString() {
      support.isStringifying = true;
      throw new TypeError('This fetch takes no streams.');
    },
  };
  if (!support.isStringifying) {
    if (FixedLengthStream) {
      const body = stream.pipeThrough(new FixedLengthStream(size));
      return { body: Object.assign(body, guard), redirect: 'manual' };
    }
    headers.set('Content-Length', `${size}`);
    if (new Request('data:,', { headers }).headers.has('Content-Length')) {
      // With 'manual' Node keeps the whole body for a second use.
      return { body: Object.assign(stream, guard), redirect: 'error' };
    }
  }
  const made = new Response(stream);
  // node-fetch 2 takes bytes, but no Blob; browsers may keep a Blob on disk.
  const body = await (support.isStringifying ? made.arrayBuffer() : made.blob());
  onHeld();
  return { body, redirect: 'manual' };
}
