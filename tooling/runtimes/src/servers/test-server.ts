import { once } from 'node:events';
import { createReadStream } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { sampleMedia } from './sample-media.ts';
import { scenarios } from './scenarios.ts';
import { ScriptedApi } from './scripted-api.ts';
import { sendJson } from './send-json.ts';

/** Serves what the test server does not, such as a page. */
export type Listener = (request: IncomingMessage, response: ServerResponse) => void;

/**
 * Starts a server on 127.0.0.1 that plays every scenario, each at its own address:
 * `POST /<scenario>/v1` is its API, `GET /<scenario>/arrivals` tells what has arrived there, and
 * `GET /media/<name>` is one of the sample clips.
 *
 * @param elsewhere serves all other paths.
 */
export async function startTestServer(apiKey: string, elsewhere: Listener = notFound) {
  const apis = new Map<string, ScriptedApi>();
  const apiOf = (name: string) => {
    const api = apis.get(name) ?? new ScriptedApi(scenarios[name] ?? {}, apiKey);
    apis.set(name, api);
    return api;
  };
  // A check may leave a connection idle for longer than Node keeps it, and send its next request then.
  const server = createServer({ keepAliveTimeout: 75_000 }, (request, response) => {
    const [, name = '', leaf = ''] = (request.url ?? '').split('/');
    const clip = name === 'media' && new Map(Object.entries(sampleMedia)).get(leaf);
    if (request.method === 'POST' && leaf === 'v1') {
      apiOf(name)
        .serve(request, response)
        // The client broke off in the middle of its request.
        .catch(() => response.destroy());
    } else if (leaf === 'arrivals') sendJson(response, 200, apiOf(name).arrivals);
    else if (clip) createReadStream(clip).pipe(response);
    else elsewhere(request, response);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close() {
      server.close();
      server.closeAllConnections();
    },
  };
}

function notFound(_: IncomingMessage, response: ServerResponse): void {
  response.writeHead(404).end();
}
