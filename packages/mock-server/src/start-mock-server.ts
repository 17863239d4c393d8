import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type ApiEndpoint, answerTasks } from './api-endpoint.js';
import { answerBrokenHttp } from './broken-http.js';
import { type ControlEndpoint, createControlEndpoint } from './control/control-endpoint.js';
import { createHostCheck } from './host-check.js';
import { urlHost, warningFor } from './listening-address.js';
import { type MockServerOptions, resolveOptions } from './options.js';
import { sendFile } from './send-file.js';
import { errorBody, sendJson } from './send-json.js';
import { type MockState, openCore, withState } from './server-core.js';
import type { MediaStore } from './storage/media-store.js';
import type { StoredFile } from './storage/stored-file.js';
import { acceptSockets } from './websocket/accept-sockets.js';

/** A running mock server. */
export interface MockServer extends MockState {
  /**
   * What to give a client as its base URL; ends in `/v1`. With `ws:` in place of `http:` it is the
   * address for clients that speak WebSocket.
   */
  readonly url: string;
  /** Ends all connections and removes all files. */
  close(): Promise<void>;
}

/**
 * Starts an emulator of the API, on 127.0.0.1 unless `host` says otherwise. Every request and every response goes through Prism.
 *
 * @throws {Error} the port is in use, or a schema of the document does not compile.
 */
export async function startMockServer(options: MockServerOptions = {}): Promise<MockServer> {
  const settings = resolveOptions(options);
  const { port, host, allowedHosts, requestTimeoutMs, socketIdleMs } = settings;
  let origin = '';
  const urlOf = ({ name }: StoredFile) => {
    const { protocol, hostname, port } = new URL(origin);
    return `${protocol}//${allowedHosts[0] ?? hostname}:${port}/files/${name}`;
  };
  const core = await openCore(settings, urlOf);
  const { api, media, state } = core;
  const control = createControlEndpoint(core.controlled);

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
    await core.close();
    throw error;
  }
  origin = `http://${urlHost(host)}:${(server.address() as AddressInfo).port}`;
  const warning = warningFor(host, allowedHosts);
  if (warning) console.warn(warning);

  const close = async () => {
    sockets.close();
    const closed = once(server, 'close');
    server.close();
    server.closeAllConnections();
    await closed;
    await core.close();
  };
  return withState({ url: `${origin}/v1`, close }, state);
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
