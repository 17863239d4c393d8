import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { HttpResponse } from 'msw';
import { errorBody } from '../send-json.js';
import type { StoredFile } from '../storage/stored-file.js';

/**
 * A stored file as a response of Fetch.
 *
 * @param missingStatus HTTP status when there is none, or none any more.
 */
export async function answerFile(
  file: StoredFile | undefined,
  missingStatus: number,
): Promise<Response> {
  const facts = file && (await stat(file.path).catch(() => undefined));
  if (!file || !facts) {
    const body = errorBody('mediaNotFound', 'There is no such file.');
    return HttpResponse.json(body, { status: missingStatus });
  }
  const stream = Readable.toWeb(createReadStream(file.path)) as ReadableStream<Uint8Array>;
  const headers = { 'content-type': file.mediaType, 'content-length': `${facts.size}` };
  return new HttpResponse(stream, { headers });
}
