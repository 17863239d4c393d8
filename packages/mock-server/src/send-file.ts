import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { pipeline } from 'node:stream/promises';
import { errorBody, sendJson } from './send-json.js';
import type { StoredFile } from './storage/media-store.js';

/** Sends a stored file, or 404 when there is none. */
export async function sendFile(
  file: StoredFile | undefined,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const facts = file && (await stat(file.path).catch(() => undefined));
  if (!file || !facts) {
    sendJson(response, { status: 404, body: errorBody('mediaNotFound', 'There is no such file.') });
    return;
  }
  response.writeHead(200, { 'content-type': file.mediaType, 'content-length': facts.size });
  if (request.method === 'HEAD') {
    response.end();
    return;
  }
  await pipeline(createReadStream(file.path), response).catch((error: NodeJS.ErrnoException) => {
    // The client went away; there is nobody left to tell.
    if (error.code !== 'ERR_STREAM_PREMATURE_CLOSE') throw error;
  });
}
