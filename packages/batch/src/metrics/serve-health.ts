import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Database } from '../database/database.js';
import { findBatch } from '../ledger/find-batch.js';
import { isFromHere } from '../page/request-guard.js';
import { type LocalServer, startLocalServer } from '../serve/local-server.js';
import { healthOf } from './health.js';
import { figuresReader } from './read-figures.js';

/** What is served for monitoring. */
export interface HealthOptions {
  /** Name of the batch. @default 'default' */
  batch?: string | undefined;
  /** Port on 127.0.0.1. @default one that is free */
  port?: number | undefined;
  /** Whether this process works on the batch, so that it is well only while its own worker is. @default false */
  isWorker?: boolean | undefined;
  /** Answers `GET /metrics`, as `getMetricsRequestHandler` of OpenTelemetry's Prometheus exporter does. */
  metrics?: ((request: IncomingMessage, response: ServerResponse) => void) | undefined;
}

/**
 * Serves `/health` of a batch on 127.0.0.1, and `/metrics` where `metrics` answers it, until `close`.
 * `/health` is a `Health` as JSON, with status 200 while the batch is worked on, waits by itself or is done,
 * and 503 otherwise.
 *
 * @throws {BatchError} nobody has planned such a batch, or the port is not free.
 *
 * @example
 * const { url } = await serveHealth(database, { port: 9464 });
 * // curl http://127.0.0.1:9464/health
 */
export async function serveHealth(
  database: Database,
  { batch = 'default', port = 0, isWorker = false, metrics }: HealthOptions = {},
): Promise<LocalServer> {
  const read = figuresReader(database, { batch, batchId: await findBatch(database, batch) });
  const otherwise = `Health cannot be served on port ${port}`;
  return startLocalServer({ port, otherwise }, async (request, response) => {
    const sendJson = (status: number, body: unknown) => {
      response.writeHead(status, { 'content-type': 'application/json' });
      response.end(JSON.stringify(body));
    };
    response.setHeader('x-content-type-options', 'nosniff');
    response.setHeader('cross-origin-resource-policy', 'same-origin');
    response.setHeader('cache-control', 'no-store');
    if (!isFromHere(request)) {
      sendJson(403, {
        message: 'Only requests of this machine, to 127.0.0.1 or localhost, are answered.',
      });
      return;
    }
    const [path] = (request.url ?? '').split('?');
    if (request.method === 'GET' && path === '/metrics' && metrics) metrics(request, response);
    else if (request.method === 'GET' && path === '/health') {
      const health = healthOf(batch, await read().catch(() => undefined), isWorker);
      sendJson(health.status === 'ok' ? 200 : 503, health);
    } else {
      sendJson(404, { message: `There are: /health${metrics ? ', /metrics' : ''}.` });
    }
  });
}
