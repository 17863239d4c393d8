import type { ServerResponse } from 'node:http';
import type { Answer } from './emulated-jobs.ts';
import type { Fault } from './faults.ts';

/** Sends an answer, or what a fault leaves of it. */
export function reply(response: ServerResponse, answer: Answer, fault: Fault | undefined): void {
  const { data, errors } = answer;
  const status = errors.length > 0 && data.length === 0 ? 400 : 200;
  // A clean success has no `errors` at all.
  const body = JSON.stringify(errors.length > 0 ? answer : { data });
  const half = body.slice(0, body.length / 2);

  if (!fault) sendJson(response, status, body);
  else if (fault.reply === 'lost connection') response.destroy();
  else if (fault.reply === 'short body') sendJson(response, status, half);
  else if (fault.reply === 'cut body') {
    response.writeHead(status, { 'content-length': body.length });
    response.write(half, () => response.destroy());
  } else if (fault.reply !== 'nothing') {
    response.writeHead(fault.reply.status, fault.reply.headers).end(fault.reply.body);
  }
}

function sendJson(response: ServerResponse, status: number, body: string): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(body);
}
