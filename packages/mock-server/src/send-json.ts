import type { ServerResponse } from 'node:http';
import type { PlannedResponse } from './contract/contract-check.js';

/** Sends a response as JSON. */
export function sendJson(
  response: ServerResponse,
  { status, body, headers }: PlannedResponse,
): void {
  response.writeHead(status, { 'content-type': 'application/json', ...headers });
  response.end(JSON.stringify(body));
}

/** A body with one error that belongs to no task. */
export function errorBody(code: string, message: string): { errors: object[] } {
  return { errors: [{ code, message }] };
}
