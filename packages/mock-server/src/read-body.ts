import type { IncomingMessage } from 'node:http';
import { Refusal } from './refusal.js';

/**
 * Reads a request body to its end.
 *
 * @throws {Refusal} it is larger than `maxBytes`; the rest is not kept.
 */
export async function readBody(request: IncomingMessage, maxBytes: number): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  // The connection stays, or the client would see a reset in place of the refusal.
  for await (const chunk of request.iterator({ destroyOnReturn: false })) {
    size += chunk.length;
    if (size > maxBytes) {
      request.resume();
      throw new Refusal(400, 'maxBodySize', `The request body is larger than ${maxBytes} bytes.`);
    }
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}
