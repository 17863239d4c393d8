import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setImmediate as turn } from 'node:timers/promises';
import { model } from '@sync3/generated/constants';
import { onTestFinished } from 'vitest';
import { toNodeListener } from '../../src/node/index.js';
import { createProxyHandler, type ProxyOptions } from '../../src/proxy/index.js';
import { cooperative, type Script, startScriptedServer } from '../http/scripted-server.js';

/** With characters that JSON may escape and that URLs encode. */
export const runwareKey = 'rw-S3cret/Key+0123456789==';
export const sessionToken = 'session-of-a-user';

/** A task of each kind that may pass. */
export const job = {
  taskType: 'videoInference',
  taskUUID: '7c3c2a5e-5b0e-4bb1-9a43-6c9d3b4d2f10',
  model,
  inputs: { video: 'https://example.com/talk.mp4', audio: 'https://example.com/line.wav' },
};
export const question = { taskType: 'getResponse', taskUUID: job.taskUUID };
export const detailsQuestion = { taskType: 'getTaskDetails', taskUUID: job.taskUUID };
export const upload = {
  taskType: 'mediaStorage',
  taskUUID: '0f8f2f0a-5d0c-4c9d-9a54-2f5f1c0b6e55',
  operation: 'upload',
  media: 'data:video/mp4;base64,AAAA',
};
export const removal = { ...upload, operation: 'delete', media: job.taskUUID };

interface Setup extends Partial<ProxyOptions> {
  script?: Script;
}

/** A proxy behind a Node server, and an API that does what a test says; both end with the test. */
export async function serveProxy({ script = cooperative, ...options }: Setup = {}) {
  const upstream = await startScriptedServer(script);
  const errors: Error[] = [];
  const handler = createProxyHandler({
    authorize: () => true,
    apiKey: runwareKey,
    baseUrl: upstream.url,
    onError: (error) => errors.push(error),
    ...options,
  });
  const server = createServer(toNodeListener(handler));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    server.close();
    server.closeAllConnections();
  });
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const url = `${origin}/api/sync3`;
  /** Sends tasks, or a text as it is. */
  const ask = (body: unknown, init: RequestInit = {}) =>
    fetch(url, {
      method: 'POST',
      body: typeof body === 'string' ? body : JSON.stringify(body),
      ...init,
      headers: { 'Content-Type': 'application/json', ...init.headers },
    });
  return { handler, origin, url, ask, errors, requests: upstream.requests };
}

/** Waits in turns of the event loop, which go on when timers are faked. */
export async function until(isTrue: () => unknown): Promise<void> {
  while (!isTrue()) await turn();
}
