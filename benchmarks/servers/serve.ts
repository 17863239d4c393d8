import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { scriptInput } from '../measure/answer.ts';
import { discard, sendVideo } from './bodies.ts';
import { JobBook } from './job-book.ts';
import type { Answer, ServerReport } from './protocol.ts';
import { type ProtocolName, protocols } from './protocols.ts';

/** Connections that may wait to be taken; every client opens a thousand at once. */
const backlog = 4096;

const { protocol, plan } = await scriptInput<{ protocol: ProtocolName; plan: number[] }>();
const book = new JobBook(plan);
const requests = { submit: 0, poll: 0, result: 0, upload: 0, download: 0 };
const failures: string[] = [];
let uploadedBytes = 0;

// Node's server lets go of idle connections after 5 s and says so; `fetch` therefore after 4 s, which
// is also what it does with a server that says nothing.
const server = createServer((request, response) => {
  respond(request, response).catch((error) => {
    failures.push(String(error));
    response.writeHead(500, { 'content-type': 'application/json' });
    response.end(JSON.stringify({ error: { message: String(error) } }));
  });
});
server.listen(0, '127.0.0.1', backlog, () => process.send?.(address()));

process.on('disconnect', () => process.exit());

async function respond(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const { method = 'GET' } = request;
  const url = new URL(`${address()}${request.url}`);
  if (url.pathname === '/report') {
    response.end(JSON.stringify(report()));
    return;
  }
  if (url.pathname.startsWith('/raw/')) return moveRawBytes(url, request, response);
  const answer = await protocols[protocol]({ method, url, request, response, book });
  count(answer);
  if (response.writableEnded) return;
  const { status = 200, body } = answer;
  response.writeHead(status, { 'content-type': 'application/json' });
  response.end(status === 204 ? undefined : JSON.stringify(body));
}

/** A plain file server, for all who bring no protocol: `GET /raw/<bytes>` and `PUT /raw/`. */
async function moveRawBytes(url: URL, request: IncomingMessage, response: ServerResponse) {
  if (request.method === 'GET') {
    await sendVideo(response, Number(url.pathname.split('/').at(-1)));
  } else {
    uploadedBytes += await discard(request);
    response.end();
  }
}

function report(): ServerReport {
  return { requests, failures, uploadedBytes, doneTimes: book.doneTimes() };
}

/** Warm-up calls are not counted. */
function count({ kind, jobs, uploadedBytes: bytes = 0 }: Answer): void {
  if (!jobs || jobs.some(({ index }) => index !== undefined)) requests[kind]++;
  uploadedBytes += bytes;
}

function address(): string {
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}
