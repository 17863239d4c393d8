import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { pipeline } from 'node:stream/promises';
import { byteRange } from './byte-range.js';
import { errorBody, sendJson } from './send-json.js';
import type { StoredFile } from './storage/stored-file.js';

/** What Node says when the client leaves during an answer, and when it has left before. */
const clientHasLeft = new Set(['ERR_STREAM_PREMATURE_CLOSE', 'ERR_STREAM_UNABLE_TO_PIPE']);

/**
 * Sends a stored file or the part that is asked for.
 *
 * @param missingStatus HTTP status when there is none, or none any more.
 */
export async function sendFile(
  file: StoredFile | undefined,
  request: IncomingMessage,
  response: ServerResponse,
  missingStatus: number,
): Promise<void> {
  const facts = file && (await stat(file.path).catch(() => undefined));
  if (!file || !facts) {
    const body = errorBody('mediaNotFound', 'There is no such file.');
    sendJson(response, { status: missingStatus, body });
    return;
  }
  const { size } = facts;
  const range = byteRange(request.headers.range, size);
  if (range === 'unsatisfiable') {
    response.writeHead(416, { 'content-range': `bytes */${size}` }).end();
    return;
  }
  const { start, end } = range ?? { start: 0, end: size - 1 };
  response.writeHead(range ? 206 : 200, {
    'content-type': file.mediaType,
    'content-length': end - start + 1,
    'accept-ranges': 'bytes',
    // A page that was stored as media may do nothing in the name of this server.
    'content-security-policy': "script-src 'none'; object-src 'none'",
    ...(range && { 'content-range': `bytes ${start}-${end}/${size}` }),
  });
  if (request.method === 'HEAD' || size === 0) {
    response.end();
    return;
  }
  await pipeline(createReadStream(file.path, { start, end }), response).catch(
    (error: NodeJS.ErrnoException) => {
      // The client went away; there is nobody left to tell.
      if (!clientHasLeft.has(`${error.code}`)) throw error;
    },
  );
}
