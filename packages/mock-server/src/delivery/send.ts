import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { pipeline } from 'node:stream';
import type { Outbound } from '../outbound.js';
import type { StoredFile } from '../storage/stored-file.js';

/** Longest that a receiver of a webhook may take, in ms (runware-skills, integrate-with-runware). */
const webhookTimeoutMs = 5_000;
/** Longest that the upload of a file may take, in ms; Runware's own bound is not documented. */
const uploadTimeoutMs = 60_000;

/** POSTs a payload. @returns the status, whatever it is. @throws {Error} there is no answer. */
export function postPayload(
  outbound: Outbound,
  url: string,
  payload: string,
  signal: AbortSignal,
): Promise<number> {
  const body = Buffer.from(payload);
  const headers = { 'content-type': 'application/json', 'content-length': body.length };
  const request = outbound.open(url, { method: 'POST', headers, signal });
  request.end(body);
  return statusOf(request, webhookTimeoutMs, signal);
}

/** PUTs a file, streamed. @returns the status, whatever it is. @throws {Error} there is no answer. */
export async function putFile(
  outbound: Outbound,
  url: string,
  file: StoredFile,
  signal: AbortSignal,
): Promise<number> {
  const { size } = await stat(file.path);
  // A request that begins aborted fails before anybody can listen to it.
  signal.throwIfAborted();
  const headers = { 'content-type': file.mediaType, 'content-length': size };
  const request = outbound.open(url, { method: 'PUT', headers, signal });
  // What fails here destroys the request, and so shows there.
  pipeline(createReadStream(file.path), request, () => undefined);
  return statusOf(request, uploadTimeoutMs, signal);
}

/**
 * Waits until an exchange is over. Its status counts from the moment it is known: a body that never
 * ends does not make an accepted delivery a failed one.
 */
async function statusOf(
  request: ReturnType<Outbound['open']>,
  timeoutMs: number,
  signal: AbortSignal,
): Promise<number> {
  let status: number | undefined;
  let failure: Error | undefined;
  const timer = setTimeout(() => {
    request.destroy(new Error(`it was not answered within ${timeoutMs} ms`));
  }, timeoutMs);
  request.on('error', (error) => {
    failure = error;
  });
  request.once('response', (response) => {
    status = response.statusCode;
    response.resume();
  });
  await new Promise((resolve) => request.once('close', resolve));
  clearTimeout(timer);
  signal.throwIfAborted();
  if (status !== undefined) return status;
  throw failure ?? new Error('the connection was closed without an answer');
}
