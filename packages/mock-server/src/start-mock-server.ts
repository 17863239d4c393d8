import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type ApiEndpoint, answerTasks } from './api-endpoint.js';
import { createContractCheck } from './contract/contract-check.js';
import { readDocument } from './contract/document.js';
import type { Finding } from './contract/finding.js';
import { Emulator } from './emulator.js';
import { FaultPlan } from './faults.js';
import type { Job } from './jobs/job.js';
import { JobStore } from './jobs/job-store.js';
import { type MockServerOptions, resolveOptions } from './options.js';
import { sendFile } from './send-file.js';
import { errorBody, sendJson } from './send-json.js';
import { createStats, type MockStats } from './stats.js';
import { MediaStore, type StoredFile } from './storage/media-store.js';

/** A running mock server. */
export interface MockServer {
  /** What to give a client as its base URL; ends in `/v1`. */
  readonly url: string;
  /** Every job, in the order of acceptance. */
  readonly tasks: readonly Job[];
  readonly stats: Readonly<MockStats>;
  /** What responses of the mock server broke in the document; should stay empty. */
  readonly violations: readonly Finding[];
  /** Faults to come. */
  readonly faults: FaultPlan;
  /** Ends all connections and removes all files. */
  close(): Promise<void>;
}

/**
 * Starts an emulator of the API on 127.0.0.1. Every request and every response goes through Prism.
 *
 * @throws {Error} the port is in use, or a schema of the document does not compile.
 */
export async function startMockServer(options: MockServerOptions = {}): Promise<MockServer> {
  const { port, apiKeys, jobDurationMs, seed, maxBodyBytes, allowOutbound } =
    resolveOptions(options);
  const check = await createContractCheck(await readDocument());
  let origin = '';
  const urlOf = ({ name }: StoredFile) => `${origin}/files/${name}`;
  const media = await MediaStore.open(allowOutbound);
  const jobs = new JobStore(media, jobDurationMs, seed);
  const stats = createStats();
  const faults = new FaultPlan();
  const violations: Finding[] = [];
  const emulator = new Emulator(jobs, media, stats, apiKeys, urlOf);
  const api = { maxBodyBytes, check, emulator, faults, stats, violations };

  const server = createServer((request, response) => {
    route(api, media, request, response).catch((error: unknown) => {
      // A client that leaves in the middle of its request is no failure of ours.
      if (request.destroyed && !request.complete) return;
      console.error('The mock server failed on a request:', error);
      if (response.headersSent) response.destroy();
      else sendJson(response, { status: 500, body: errorBody('internalServerError', `${error}`) });
    });
  });
  try {
    server.listen(port, '127.0.0.1');
    await once(server, 'listening');
  } catch (error) {
    await media.close();
    throw error;
  }
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

  return {
    url: `${origin}/v1`,
    get tasks() {
      return jobs.all;
    },
    stats,
    violations,
    faults,
    async close() {
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
      // Downloads first, or a job would wait for its inputs.
      media.abort();
      await jobs.close();
      await media.close();
    },
  };
}

/** `POST /v1` is the API; `GET /files/…` are its results. */
async function route(
  api: ApiEndpoint,
  media: MediaStore,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  // Only the path counts; a target may be anything.
  const [pathname = ''] = (request.url ?? '').split('?');
  const [, folder, name = ''] = pathname.split('/');
  const isRead = request.method === 'GET' || request.method === 'HEAD';
  if (request.method === 'POST' && /^\/v1\/?$/.test(pathname)) {
    await answerTasks(api, request, response);
  } else if (isRead && folder === 'files') {
    await sendFile(media.byName(name), request, response);
  } else {
    const message = `There is no ${request.method} ${pathname}; tasks go to POST /v1.`;
    sendJson(response, { status: 404, body: errorBody('notFound', message) });
  }
}
