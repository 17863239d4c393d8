import type { ServerResponse } from 'node:http';
import type { PlannedResponse } from './contract/contract-check.js';
import type { Fault } from './faults/fault.js';
import { errorBody, sendJson } from './send-json.js';

const codes: Record<number, string> = {
  401: 'invalidApiKey',
  402: 'insufficientCredits',
  403: 'insufficientPermissions',
  404: 'taskNotFound',
  429: 'rateLimitExceeded',
  500: 'internalServerError',
  503: 'serviceUnavailable',
  504: 'timeoutProvider',
};

/** Leaves a request without an answer, and closes its connection after `stallMs`. */
export function stall(response: ServerResponse, stallMs = 120_000): void {
  if (response.closed) return;
  const timer = setTimeout(() => response.destroy(), stallMs);
  response.once('close', () => clearTimeout(timer));
}

/** The answer that a fault puts in the place of the true one, which is never worked out. */
export function answerInstead(fault: Fault | undefined): PlannedResponse | undefined {
  if (fault?.kind === 'array-refusal') {
    const body = errorBody('invalidRequest', 'Send one getResponse task in a request.');
    return { status: 400, body };
  }
  if (fault?.kind !== 'status') return undefined;
  const { status, retryAfterSeconds } = fault;
  return {
    status,
    body: errorBody(codes[status] ?? 'unknownError', 'A planned fault of the mock server.'),
    ...(retryAfterSeconds !== undefined && { headers: { 'retry-after': `${retryAfterSeconds}` } }),
  };
}

/** Changes what a true answer says. */
export function distort(answer: PlannedResponse, fault: Fault | undefined): PlannedResponse {
  if (fault?.kind === 'empty-data') return { ...answer, status: 200, body: { data: [] } };
  if (fault?.kind !== 'broken-response') return answer;
  const { data = [], ...rest } = answer.body as { data?: object[] };
  const [first, ...others] = data;
  return { ...answer, body: { ...rest, data: [{ ...first, taskUUID: undefined }, ...others] } };
}

/** Sends an answer, or what a fault leaves of it. */
export function sendStruck(
  response: ServerResponse,
  answer: PlannedResponse,
  fault: Fault | undefined,
): void {
  switch (fault?.kind) {
    case 'drop-after-accept':
      response.destroy();
      break;
    case 'truncated-body': {
      const body = Buffer.from(JSON.stringify(answer.body));
      response.writeHead(answer.status, {
        'content-type': 'application/json',
        'content-length': body.length,
      });
      response.write(body.subarray(0, body.length / 2), () => response.destroy());
      break;
    }
    case 'malformed-body':
      response.writeHead(200, { 'content-type': 'text/html' });
      response.end('<!doctype html><title>Please wait</title>');
      break;
    default:
      sendJson(response, answer);
  }
}
