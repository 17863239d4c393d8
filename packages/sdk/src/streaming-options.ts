import type { StreamedBody } from './base64-stream.js';

/** What a runtime has to be told to send a body as it is made. */
export interface StreamingOptions {
  body: ReadableStream | Blob;
  redirect: 'error' | 'manual';
}

/**
 * How this runtime sends a body as it is made, with its exact length: Node, Bun and Deno as a stream,
 * workerd as a stream of fixed length. Browsers send streams over HTTP/2 only, and let nobody set a
 * length; there the body is put together first.
 */
export async function streamingOptions(
  { stream, size }: StreamedBody,
  headers: Headers,
  warn: () => void,
): Promise<StreamingOptions> {
  const { FixedLengthStream } = globalThis as {
    FixedLengthStream?: new (size: number) => TransformStream;
  };
  if (FixedLengthStream) {
    return { body: stream.pipeThrough(new FixedLengthStream(size)), redirect: 'manual' };
  }
  headers.set('Content-Length', `${size}`);
  if (new Request('data:,', { headers }).headers.has('Content-Length')) {
    // With 'manual' Node keeps the whole body for a second use.
    return { body: stream, redirect: 'error' };
  }
  warn();
  return { body: await new Response(stream).blob(), redirect: 'manual' };
}
