import { isUtf8 } from 'node:buffer';
import type { IncomingMessage } from 'node:http';
import { Refusal } from './refusal.js';

/**
 * Most values in a body, counted by its commas and brackets: boxes for the frames of some twenty
 * minutes. A body of brackets alone would take all memory, and minutes to be checked.
 */
const mostValues = 200_000;
const beginsValue = [...',[{'].map((character) => character.charCodeAt(0));

/**
 * Reads a request body to its end.
 *
 * @throws {Refusal} it is larger than `maxBytes`, and the rest is not kept.
 */
export async function readBody(request: IncomingMessage, maxBytes: number): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request.iterator({ destroyOnReturn: false })) {
    size += chunk.length;
    if (size > maxBytes) break;
    chunks.push(chunk);
  }
  if (size > maxBytes) {
    // The rest is taken, or a client that sends all of it before it reads never sees the refusal.
    request.resume();
    throw tooLarge(maxBytes);
  }
  return Buffer.concat(chunks);
}

/** The refusal of a body of more than `maxBytes`. */
export function tooLarge(maxBytes: number): Refusal {
  return new Refusal(400, 'maxBodySize', `The request body is larger than ${maxBytes} bytes.`);
}

/**
 * Parses a body, whatever has brought it: HTTP, a WebSocket or MSW.
 *
 * @throws {Refusal} it holds too many values; or it is not UTF-8, which JSON has to be (RFC 8259,
 * 8.1); or it is not JSON.
 */
export function parseBody(bytes: Buffer): unknown {
  if (holdsTooMuch(bytes)) {
    const message = `The request body holds more than ${mostValues} values. Send fewer tasks at once.`;
    throw new Refusal(400, 'maxBodySize', message);
  }
  if (!isUtf8(bytes)) throw new Refusal(400, 'invalidJSON', 'The request body is not UTF-8.');
  try {
    return JSON.parse(bytes.toString('utf8'));
  } catch {
    throw new Refusal(400, 'invalidJSON', 'The request body is not JSON.');
  }
}

function holdsTooMuch(bytes: Buffer): boolean {
  let left = mostValues;
  for (const byte of beginsValue) {
    for (let at = bytes.indexOf(byte); at >= 0; at = bytes.indexOf(byte, at + 1)) {
      left -= 1;
      if (left < 0) return true;
    }
  }
  return false;
}
