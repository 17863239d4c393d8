import { setTimeout as sleep } from 'node:timers/promises';
import { HttpResponse } from 'msw';
import { type ApiEndpoint, bodyOrRefusal, exchange } from '../api-endpoint.js';
import type { PlannedResponse } from '../contract/contract-check.js';
import type { Fault } from '../faults/fault.js';
import { parseBody, tooLarge } from '../read-body.js';

/** How long a stalled request takes to fail, in ms, where the fault does not say. */
const longestStallMs = 120_000;

/** Answers a POST to the API: the way of `answerTasks`, with the requests of Fetch. */
export async function answerPost(endpoint: ApiEndpoint, request: Request): Promise<Response> {
  const exchanged = await exchange(endpoint, {
    ...(await bodyOrRefusal(() => receive(request, endpoint.maxBodyBytes))),
    headers: Object.fromEntries(request.headers),
  });
  if (exchanged.response) return struck(exchanged.response, exchanged.fault);
  const { fault } = exchanged;
  if (fault.kind === 'stall') await untilStalled(fault.stallMs ?? longestStallMs, request.signal);
  return HttpResponse.error();
}

async function receive(request: Request, maxBytes: number): Promise<unknown> {
  const bytes = Buffer.from(await request.arrayBuffer());
  if (bytes.length > maxBytes) throw tooLarge(maxBytes);
  return parseBody(bytes);
}

/** The answer, or what a fault leaves of it. */
function struck(
  { status, body, headers, raw }: PlannedResponse,
  fault: Fault | undefined,
): Response {
  const text = raw?.text ?? JSON.stringify(body);
  const contentType = raw?.contentType ?? 'application/json';
  switch (fault?.kind) {
    case 'drop-after-accept':
      return HttpResponse.error();
    case 'truncated-body':
      return new HttpResponse(text.slice(0, text.length / 2), {
        status,
        headers: { 'content-type': contentType },
      });
    case 'malformed-body':
      return HttpResponse.html('<!doctype html><title>Please wait</title>');
    default:
      return new HttpResponse(text, {
        status,
        headers: { 'content-type': contentType, ...headers },
      });
  }
}

async function untilStalled(ms: number, signal: AbortSignal): Promise<void> {
  await sleep(ms, undefined, { signal }).catch(() => undefined);
}
