import type { ServerResponse } from 'node:http';
import type { PlannedResponse } from './contract/contract-check.js';

/** Sends a response: as JSON, unless it is none. */
export function sendJson(
  response: ServerResponse,
  { status, body, headers, raw }: PlannedResponse,
): void {
  const contentType = raw?.contentType ?? 'application/json';
  response.writeHead(status, { 'content-type': contentType, ...headers });
  response.end(raw?.text ?? JSON.stringify(body));
}

/** A body with one error that belongs to no task. */
export function errorBody(code: string, message: string): { errors: object[] } {
  return { errors: [{ code, message }] };
}
