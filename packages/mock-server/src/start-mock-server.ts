import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Account } from './account/account.js';
import { RateLimit } from './account/rate-limit.js';
import { type ApiEndpoint, answerTasks } from './api-endpoint.js';
import { answerBrokenHttp } from './broken-http.js';
import { loadContract } from './contract/contract.js';
import type { Finding } from './contract/finding.js';
import { type ControlEndpoint, createControlEndpoint } from './control/control-endpoint.js';
import { Journal } from './control/journal.js';
import { Secrets } from './control/secrets.js';
import { Deliveries } from './delivery/deliveries.js';
import { Emulator } from './emulator.js';
import { Chaos } from './faults/chaos.js';
import { FaultPlan } from './faults/fault-plan.js';
import { type Deviation, Deviations } from './gateway/deviations.js';
import { Gateway } from './gateway/gateway.js';
import { createHostCheck } from './host-check.js';
import type { Job } from './jobs/job.js';
import { JobStore } from './jobs/job-store.js';
import { urlHost, warningFor } from './listening-address.js';
import { createMediaReader } from './media/media-reader.js';
import { type MockServerOptions, resolveOptions } from './options.js';
import { Outbound } from './outbound.js';
import { Recorder } from './records/recorder.js';
import { Replay } from './records/replay.js';
import { sweepRegularly } from './retention.js';
import { sendFile } from './send-file.js';
import { errorBody, sendJson } from './send-json.js';
import { countOutcomes, createStats, type MockStats } from './stats.js';
import { MediaStore } from './storage/media-store.js';
import type { StoredFile } from './storage/stored-file.js';
import { acceptSockets } from './websocket/accept-sockets.js';

/** A running mock server. */
export interface MockServer {
  /**
   * What to give a client as its base URL; ends in `/v1`. With `ws:` in place of `http:` it is the
   * address for clients that speak WebSocket.
   */
  readonly url: string;
  /** Every job, in the order of acceptance. */
  readonly tasks: readonly Job[];
  /** What was counted since the start. */
  readonly stats: Readonly<MockStats>;
  /** USD that are left, without what jobs under way may cost; `undefined` without a limit. */
  readonly balance: number | undefined;
  /** What responses of the mock server broke in the document; should stay empty. */
  readonly violations: readonly Finding[];
  /** In what messages between an application and `upstream` differ from the document. */
  readonly deviations: readonly Deviation[];
  /** Faults to come. */
  readonly faults: FaultPlan;
  /** Ends all connections and removes all files. */
  close(): Promise<void>;
}

/**
 * Starts an emulator of the API, on 127.0.0.1 unless `host` says otherwise. Every request and every response goes through Prism.
 *
 * @throws {Error} the port is in use, or a schema of the document does not compile.
 */
export async function startMockServer(options: MockServerOptions = {}): Promise<MockServer> {
  const {
    port,
    host,
    allowedHosts,
    apiKeys,
    jobDurationMs,
    seed,
    maxBodyBytes,
    requestTimeoutMs,
    socketIdleMs,
    allowOutbound,
    profile,
    upstream,
    record,
    replay,
    chaos,
    readOnlyApiKeys,
    balance,
    rateLimit,
    retentionMs,
    now,
  } = resolveOptions(options);
  const { check, toErrors, fieldsOf } = await loadContract();
  const gateway = upstream === undefined ? undefined : new Gateway(upstream);
  const records = replay === undefined ? undefined : await Replay.open(replay);
  let origin = '';
  const urlOf = ({ name }: StoredFile) => {
    const { protocol, hostname, port } = new URL(origin);
    return `${protocol}//${allowedHosts[0] ?? hostname}:${port}/files/${name}`;
  };
  const outbound = new Outbound(allowOutbound);
  const media = await MediaStore.open({ outbound, retentionMs, now });
  const jobs = new JobStore({ media, profile, durationMs: jobDurationMs, seed, retentionMs, now });
  const reader = createMediaReader();
  const stats = createStats();
  countOutcomes(stats, jobs);
  const account = new Account(balance, profile.failedResults);
  account.follow(jobs);
  const endSweeping = sweepRegularly(retentionMs, jobs, media);
  const faults = new FaultPlan(chaos > 0 ? new Chaos(chaos, seed) : undefined);
  const deliveries = new Deliveries({
    outbound,
    profile,
    urlOf,
    faults,
    stats,
    now,
  });
  jobs.events.on('settled', (job, result) => deliveries.begin(job, result));
  const violations: Finding[] = [];
  const secrets = new Secrets([...(apiKeys ?? []), ...readOnlyApiKeys]);
  const journal = new Journal(secrets, now);
  const emulator = new Emulator({
    world: { jobs, media, reader, account, stats, profile, urlOf },
    keys: { apiKeys, readOnlyApiKeys },
    rateLimit: new RateLimit(rateLimit, now),
    toErrors,
  });
  const deviations = new Deviations(secrets, now);
  const recorder = record === undefined ? undefined : await Recorder.open(record, secrets);
  const answerer = gateway ?? records ?? emulator;
  const seen = { fieldsOf, deviations, recorder };
  const api = {
    maxBodyBytes,
    check,
    answerer,
    ...seen,
    faults,
    stats,
    violations,
    journal,
    profile,
  };
  const control = createControlEndpoint({
    jobs,
    media,
    journal,
    secrets,
    faults,
    stats,
    violations,
    deviations,
    urlOf,
    allowOutbound,
  });

  const bounds = {
    requestTimeout: requestTimeoutMs,
    headersTimeout: Math.min(requestTimeoutMs, 10_000),
    connectionsCheckingInterval: Math.min(requestTimeoutMs, 1_000),
    // After Node's own 5 s a test that idles meets the end of its connection with its next request,
    // and sees a reset. 75 s are what nginx gives.
    keepAliveTimeout: 75_000,
    // Node would answer for us, and not in Runware's shape.
    requireHostHeader: false,
  };
  const isAllowed = createHostCheck([...allowedHosts, urlHost(host)]);
  const server = createServer(bounds, (request, response) => {
    response.setHeader('x-content-type-options', 'nosniff');
    if (!isAllowed(request)) {
      refuseHost(request, response);
      return;
    }
    route(api, media, control, request, response).catch((error: unknown) => {
      // A client that leaves in the middle of its request is no failure of ours.
      if (request.destroyed && !request.complete) return;
      console.error('The mock server failed on a request:', error);
      if (response.headersSent) response.destroy();
      else sendJson(response, { status: 500, body: errorBody('internalServerError', `${error}`) });
    });
  });
  answerBrokenHttp(server);
  const sockets = acceptSockets(server, api, { isAllowed, idleMs: socketIdleMs });
  try {
    server.listen(port, host);
    await once(server, 'listening');
  } catch (error) {
    await endSweeping();
    await media.close();
    throw error;
  }
  origin = `http://${urlHost(host)}:${(server.address() as AddressInfo).port}`;
  const warning = warningFor(host, allowedHosts);
  if (warning) console.warn(warning);

  return {
    url: `${origin}/v1`,
    get tasks() {
      return jobs.all;
    },
    stats,
    get balance() {
      return account.balance;
    },
    violations,
    get deviations() {
      return deviations.all;
    },
    faults,
    async close() {
      gateway?.close();
      sockets.close();
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
      // Downloads first, or a job would wait for its inputs.
      media.abort();
      await deliveries.close();
      // Both at once, for a damaged input can take each of them seconds to give up.
      await Promise.all([reader.close(), jobs.close()]);
      await endSweeping();
      await media.close();
      await recorder?.close();
    },
  };
}

function refuseHost(request: IncomingMessage, response: ServerResponse): void {
  const message =
    `Requests to ${request.headers.host ?? 'no host'} from ${request.headers.origin ?? 'no page'} are ` +
    'not answered: name this machine, such as 127.0.0.1 or localhost, or a name of allowedHosts, and ' +
    'send no request from a web page.';
  // Its body is taken first, or a client that is still sending sees a reset in place of the answer.
  request.resume().once('end', () => {
    sendJson(response, { status: 403, body: errorBody('forbidden', message) });
  });
}

/** `POST /v1` is the API; `GET /files/…` are its results; `/__mock/…` is for tests and people. */
async function route(
  api: ApiEndpoint,
  media: MediaStore,
  control: ControlEndpoint,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  // Only the path counts; a target may be anything.
  const [pathname = '', query] = (request.url ?? '').split('?');
  const [, folder, name = ''] = pathname.split('/');
  const isRead = request.method === 'GET' || request.method === 'HEAD';
  if (request.method === 'POST' && /^\/v1\/?$/.test(pathname)) {
    await answerTasks(api, request, response);
  } else if (isRead && folder === 'files') {
    await sendFile(media.byName(name), request, response, api.profile.expiredURLStatus);
  } else if (folder === '__mock') {
    await control(request, response, pathname.slice('/__mock/'.length), new URLSearchParams(query));
  } else {
    const message = `There is no ${request.method} ${pathname}; tasks go to POST /v1.`;
    sendJson(response, { status: 404, body: errorBody('notFound', message) });
  }
}
