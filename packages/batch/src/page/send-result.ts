import { realpath } from 'node:fs/promises';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { relative, sep } from 'node:path';
import { findItems } from '../ledger/item.js';
import type { PageWorld } from './page-world.js';
import { findResult } from './result-file.js';

/**
 * Sends a file that the ledger records for an item, or the range of it that a player asks for. The
 * request names the item and the place in its files, never a path.
 */
export async function sendResult(
  { database, batchId, outputDirectory }: PageWorld,
  {
    request,
    response,
    query,
  }: { request: IncomingMessage; response: ServerResponse; query: URLSearchParams },
): Promise<void> {
  const [id, index] = [Number(query.get('item')), Number(query.get('file'))];
  const isId = Number.isSafeInteger(id) && id > 0;
  const [item] = isId ? await findItems(database, 'batch_id = $1 and id = $2', [batchId, id]) : [];
  const name = item?.files[index]?.name;
  const file = name === undefined ? undefined : await findResult(name, outputDirectory);
  if (!file) {
    response.writeHead(404, { 'content-type': 'text/plain' }).end('The file is missing.');
    return;
  }
  const root = await realpath(outputDirectory);
  const path = relative(root, file).split(sep).map(encodeURIComponent).join('/');
  // A result may be opened by itself; whatever it is, it runs nothing in the name of this server.
  response.setHeader('content-security-policy', "default-src 'none'; media-src 'self'; sandbox");
  // Loaded with the first result that is shown.
  const { default: send } = await import('send');
  send(request, path, { root, dotfiles: 'allow', index: false, cacheControl: false }).pipe(
    response,
  );
}
