import { randomUUID } from 'node:crypto';
import { setImmediate } from 'node:timers/promises';
import { expect } from 'vitest';
import { Sync3, type Video } from '../../src/index.js';
import * as webhooks from '../../src/webhooks/index.js';
import { type Script, sendJson, startScriptedServer } from '../http/scripted-server.js';
import { serveHandler } from './serve-handler.js';

export const secret = 'a secret of the tests, long enough';
export const apiKey = 'key-of-the-tests';

/** What the API knows of one task; a test changes it as time goes on. */
export interface Truth {
  data: object[];
  errors: object[];
}

export interface Setup extends Partial<webhooks.WebhookHandlerOptions> {
  /** In place of an API that tells the truth. */
  script?: Script;
}

/** An API that knows one task, a handler in front of it, and what came out of the handler. */
export async function startWebhook({ script, ...options }: Setup = {}) {
  const taskUUID = randomUUID();
  const truth: Truth = { data: [], errors: [] };
  const tell: Script = ({ tasks: [task] }, response) => {
    const isKnown = task?.taskUUID.toLowerCase() === taskUUID;
    sendJson(response, 200, isKnown ? truth : { data: [], errors: [] });
  };
  const api = await startScriptedServer(script ?? tell);
  let answers = 0;
  const onResponse = () => {
    answers += 1;
  };
  const client = new Sync3({ baseUrl: api.url, apiKey, maxRetries: 0, hooks: { onResponse } });
  /** Resolves when the handler has taken in so many answers of the API. */
  const hasHeard = async (count: number) => {
    await expect.poll(() => answers).toBeGreaterThanOrEqual(count);
    // What follows an answer waits for nothing else.
    await setImmediate();
  };

  const videos: Video[] = [];
  const failures: object[] = [];
  const errors: webhooks.WebhookError[] = [];
  const handler = webhooks.createWebhookHandler({
    secret,
    client,
    onVideo: (video) => videos.push(video),
    onFailure: (failure) => failures.push(failure),
    onError: (error) => errors.push(error),
    ...options,
  });
  const endpoint = await serveHandler(handler);
  const url = await webhooks.urlFor(endpoint, taskUUID, { secret });
  return {
    taskUUID,
    truth,
    api,
    client,
    hasHeard,
    handler,
    endpoint,
    url,
    videos,
    failures,
    errors,
  };
}

/** Sends what Runware would send; a text goes as it is. */
export async function post(url: string, payload: unknown): Promise<Response> {
  const body = typeof payload === 'string' ? payload : JSON.stringify(payload);
  return fetch(url, { method: 'POST', headers: { 'content-type': 'application/json' }, body });
}

export const statuses = (responses: Response[]) => responses.map(({ status }) => status);

/** A failed result, as a row. */
export function failed(taskUUID: string, code = 'timeoutProvider') {
  return { taskType: 'videoInference', taskUUID, status: 'error', error: { code, message: code } };
}

/** A delivery whose body comes as the stream gives it. */
export function streamed(url: string, body: ReadableStream, headers: HeadersInit = {}): Request {
  const duplex = { duplex: 'half' };
  return new Request(url, { method: 'POST', body, headers, ...duplex });
}

/** A promise, and what settles it. */
export function promised<Value = void>() {
  let resolve: (value: Value) => void = () => {};
  let reject: (reason: unknown) => void = () => {};
  const promise = new Promise<Value>((whenDone, whenFailed) => {
    resolve = whenDone;
    reject = whenFailed;
  });
  return { promise, resolve, reject };
}
