import type { IncomingMessage } from 'node:http';
import { toNodeListener } from '@sync3/sdk/node';
import type { Queries } from '../database/database.js';
import { BatchError } from '../errors/batch-error.js';
import { startLocalServer } from '../serve/local-server.js';
import {
  type BatchWebhookOptions,
  createBatchWebhookHandler,
} from './create-batch-webhook-handler.js';

/** How a receiver of deliveries is set up. */
export interface ReceiveOptions extends BatchWebhookOptions {
  /**
   * The URL at which the API reaches this receiver, as the workers have it. Requests have to name its
   * host, or this machine, as proxies do that put their own target there.
   */
  url: string | URL;
  /** The address or name to listen on; a tunnel or a proxy stands in front of it. @default '127.0.0.1' */
  host?: string | undefined;
  /** TCP port; 0 takes a free one. @default 0 */
  port?: number | undefined;
}

/** A receiver that is running. */
export interface DeliveryReceiver {
  /** Where it listens: what a tunnel or a proxy forwards to. */
  readonly url: string;
  /** Ends all connections. The database stays open. */
  close(): Promise<void>;
}

/**
 * Receives the deliveries of all batches of a ledger, with or without a worker beside it; see
 * `createBatchWebhookHandler`. It answers at every path, as a proxy may take some of it away. A request
 * of a web page, or for another host, is refused with 403.
 *
 * @throws {BatchError} `url` is not one, or the port is not free.
 * @throws {WebhookError} there is no secret (`missingSecret`), or one is weak (`weakSecret`).
 *
 * @example
 * const receiver = await receiveDeliveries(database, { url: 'https://hooks.example.com', port: 4020 });
 */
export async function receiveDeliveries(
  queries: Queries,
  { url, host = '127.0.0.1', port = 0, ...options }: ReceiveOptions,
): Promise<DeliveryReceiver> {
  if (!URL.canParse(`${url}`)) throw new BatchError('The webhook URL is not a URL.');
  const allowed = new Set([new URL(url).hostname, host, 'localhost', '127.0.0.1', '[::1]']);
  const listener = toNodeListener(createBatchWebhookHandler(queries, options));
  const otherwise = `Nothing can be received at ${host}:${port}`;
  return startLocalServer({ host, port, otherwise }, (request, response) => {
    if (isForUs(request, allowed)) listener(request, response);
    else response.writeHead(403, { 'Content-Type': 'text/plain' }).end('Not for this host.');
  });
}

/** Whether a request names a host of ours, with whatever port, and no web page has sent it. */
function isForUs({ headers }: IncomingMessage, allowed: ReadonlySet<string>): boolean {
  if (headers.origin !== undefined || !URL.canParse(`http://${headers.host}`)) return false;
  return allowed.has(new URL(`http://${headers.host}`).hostname);
}
