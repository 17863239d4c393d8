import type { IncomingMessage, ServerResponse } from 'node:http';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';

/** Reads a small body. */
export async function readText(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  return Buffer.concat(chunks).toString();
}

/** Reads a body and throws it away. @returns its bytes. */
export async function discard(request: IncomingMessage): Promise<number> {
  let bytes = 0;
  for await (const chunk of request) bytes += chunk.length;
  return bytes;
}

const marker = ';base64,';

/**
 * Decodes the one data URI in a JSON body as it arrives, and throws it away.
 *
 * @returns the text before the data, and the bytes of the file.
 */
export async function discardBase64(
  request: IncomingMessage,
): Promise<{ head: string; bytes: number }> {
  let head = '';
  let rest = '';
  let bytes = 0;
  let isInside = false;
  for await (const chunk of request) {
    rest += chunk.toString('latin1');
    if (!isInside) {
      const start = rest.indexOf(marker);
      if (start < 0) continue;
      isInside = true;
      head = rest.slice(0, start);
      rest = rest.slice(start + marker.length);
    }
    const end = rest.indexOf('"');
    const whole = end < 0 ? rest.length - (rest.length % 4) : end;
    bytes += Buffer.from(rest.slice(0, whole), 'base64').length;
    if (end >= 0) isInside = false;
    rest = end < 0 ? rest.slice(whole) : '';
  }
  return { head, bytes };
}

const zeros = Buffer.alloc(256 * 1024);
/** How an MP4 begins, as a download looks at its first bytes. */
const head = Buffer.from('\0\0\0\x18ftypmp42\0\0\0\0mp42isom', 'latin1');

/** Sends a video of this many bytes: the head of an MP4, and zeros. */
export async function sendVideo(response: ServerResponse, bytes: number): Promise<void> {
  response.writeHead(200, { 'content-type': 'video/mp4', 'content-length': bytes });
  await pipeline(Readable.from(pieces(bytes)), response);
}

function* pieces(bytes: number): Generator<Buffer> {
  yield head;
  for (let left = bytes - head.length; left > 0; left -= zeros.length) {
    yield left < zeros.length ? zeros.subarray(0, left) : zeros;
  }
}
