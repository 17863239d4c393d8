import { once } from 'node:events';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { BatchError } from '../errors/batch-error.js';
import { actOnBatch } from './act-on-batch.js';
import { filterOf, readRows } from './item-rows.js';
import { pageDocument } from './page-document.js';
import type { PageWorld } from './page-world.js';
import { readAction } from './read-action.js';
import { readLife } from './read-life.js';
import { isFromHere, isFromPage, isSame } from './request-guard.js';
import { sendResult } from './send-result.js';

type Route = (
  world: PageWorld,
  exchange: { request: IncomingMessage; response: ServerResponse; query: URLSearchParams },
) => Promise<void> | void;

/** Most bytes of an action. */
const mostBytes = 1_000_000;

/** The routes of the page, by method and the path behind the secret. */
const routes: Record<string, Route> = {
  'GET ': sendDocument,
  'GET events': streamContent,
  'GET items': async ({ database, batchId }, { response, query }) => {
    const offset = Math.max(0, Math.trunc(Number(query.get('offset'))) || 0);
    sendJson(response, 200, await readRows(database, batchId, filterOf(query), offset));
  },
  'GET item': async ({ database, batch }, { response, query }) => {
    sendJson(response, 200, await readLife(database, batch, query.get('key') ?? ''));
  },
  'GET result': sendResult,
  'POST action': act,
};

/** Answers the requests of a page; each is checked before anything of it is read. */
export function createRoutes(
  world: PageWorld,
): (request: IncomingMessage, response: ServerResponse) => Promise<void> {
  return async (request, response) => {
    response.setHeader('x-content-type-options', 'nosniff');
    response.setHeader('referrer-policy', 'no-referrer');
    response.setHeader('cross-origin-resource-policy', 'same-origin');
    response.setHeader('cache-control', 'no-store');
    if (!isFromHere(request)) {
      sendError(response, 403, 'Only pages of this server, on this machine, are answered.');
      return;
    }
    const [pathname = '', query] = (request.url ?? '').split('?');
    const { path } = world;
    const route = routes[`${request.method} ${pathname.slice(path.length)}`];
    if (!isSame(pathname.slice(0, path.length), path) || !route) {
      sendError(response, 404, 'There is no such page. Open the address that the command printed.');
      return;
    }
    try {
      await route(world, { request, response, query: new URLSearchParams(query) });
    } catch (error) {
      if (response.headersSent) response.destroy();
      else sendError(response, error instanceof BatchError ? 404 : 500, (error as Error).message);
    }
  };
}

async function sendDocument(
  { batch, token }: PageWorld,
  { response }: { response: ServerResponse },
): Promise<void> {
  const { html, policy } = await pageDocument(`Batch ${batch}`, { kind: 'live', batch, token });
  response.writeHead(200, {
    'content-type': 'text/html; charset=utf-8',
    'content-security-policy': `${policy}; frame-ancestors 'none'`,
  });
  response.end(html);
}

/** Sends what changes as Server-Sent Events until the page leaves. */
function streamContent({ feed }: PageWorld, { response }: { response: ServerResponse }): void {
  response.writeHead(200, { 'content-type': 'text/event-stream' });
  const end = feed.watch((change) => void response.write(`data: ${JSON.stringify(change)}\n\n`));
  response.once('close', end);
}

async function act(
  world: PageWorld,
  { request, response }: { request: IncomingMessage; response: ServerResponse },
): Promise<void> {
  if (!isFromPage(request, world.token)) {
    request.resume();
    sendError(response, 403, 'Only the page itself may act. Open it again.');
    return;
  }
  const action = readAction(await readJson(request));
  if (!action) {
    sendError(response, 400, 'The request is no action of the page.');
    return;
  }
  const result = await actOnBatch(world.database, world.batch, action);
  world.feed.readSoon();
  sendJson(response, 200, result);
}

/** The JSON of a request; `undefined` when it is none, or too large. */
async function readJson(request: IncomingMessage): Promise<unknown> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  request.on('data', (chunk: Buffer) => {
    bytes += chunk.length;
    if (bytes <= mostBytes) chunks.push(chunk);
  });
  await once(request, 'end');
  try {
    return bytes <= mostBytes ? JSON.parse(Buffer.concat(chunks).toString()) : undefined;
  } catch {
    return undefined;
  }
}

function sendJson(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json' });
  response.end(JSON.stringify(body));
}

function sendError(response: ServerResponse, status: number, message: string): void {
  sendJson(response, status, { message });
}
