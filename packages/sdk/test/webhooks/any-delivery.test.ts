import { randomUUID } from 'node:crypto';
import { setImmediate } from 'node:timers/promises';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Sync3, type Video } from '../../src/index.js';
import * as webhooks from '../../src/webhooks/index.js';
import { sendJson, startScriptedServer, success } from '../http/scripted-server.js';
import { sizes } from '../sizes.js';
import { type addresses, bodyOf, scenario } from './delivery-arbitrary.js';
import { serveHandler } from './serve-handler.js';
import { apiKey, failed, secret, streamed } from './start-webhook.js';

type Scenario = typeof scenario extends fc.Arbitrary<infer Value> ? Value : never;
type Delivery = Scenario['deliveries'][number];
type Handler = ReturnType<typeof webhooks.createWebhookHandler>;

/** Sends a delivery to the handler, in one way or another. */
type Send = (
  handler: Handler,
  url: string,
  delivery: Delivery,
  body: Uint8Array<ArrayBuffer>,
) => Promise<Response>;

/** As a runtime may hand it over: in any pieces, broken off, with a Content-Length that lies. */
const sendDirectly: Send = (
  handler,
  url,
  { method, chunkSize, breaksOff, contentLength },
  body,
) => {
  const headers = new Headers(
    contentLength === undefined ? {} : { 'content-length': contentLength },
  );
  if (method !== 'POST') {
    return handler(new Request(url, { method, headers, ...(method !== 'GET' && { body }) }));
  }
  let at = 0;
  const stream = new ReadableStream({
    pull(controller) {
      if (at >= body.length) return breaksOff ? controller.error('broken') : controller.close();
      controller.enqueue(body.subarray(at, at + chunkSize));
      at += chunkSize;
    },
  });
  return handler(streamed(url, stream, headers));
};

async function addressOf(address: (typeof addresses)[number], taskUUID: string, endpoint: string) {
  const urlFor = (uuid: string, key = secret) => webhooks.urlFor(endpoint, uuid, { secret: key });
  const url = await urlFor(taskUUID);
  const withToken = async (text: string) => {
    const [head] = url.split('sync3_token=');
    return `${head}sync3_token=${text}`;
  };
  const tokenIn = (text: string) => new URL(text).searchParams.get('sync3_token') ?? '';
  switch (address) {
    case 'right':
      return url;
    case 'right, of a task that the API does not know':
      return urlFor(randomUUID());
    case 'without a token':
      return withToken('');
    case 'without a query':
      return endpoint;
    case 'with a changed token':
      return withToken(tokenIn(url).replace(/^./, (first) => (first === 'A' ? 'B' : 'A')));
    case 'with the token of another task':
      return withToken(tokenIn(await urlFor(randomUUID())));
    case 'with a token of another secret':
      return urlFor(taskUUID, `${secret}.`);
  }
}

async function startCheck(endpoint: string, send: Send) {
  const known = new Map<string, object[]>();
  const asked = new Map<string, number>();
  const seen = new Map<number, number>();
  const api = await startScriptedServer(({ tasks: [task] }, response) => {
    const uuid = task?.taskUUID.toLowerCase() ?? '';
    asked.set(uuid, (asked.get(uuid) ?? 0) + 1);
    sendJson(response, 200, { data: known.get(uuid) ?? [] });
  });
  const client = new Sync3({ baseUrl: api.url, apiKey, maxRetries: 0 });

  /** Whether everything holds for one scenario. */
  async function check({ videos, failures, deliveries, together, failsFirst, isSlow }: Scenario) {
    const taskUUID = randomUUID();
    const truth = videos.map((uuid) => success(taskUUID, uuid));
    known.set(taskUUID, [...truth, ...Array.from({ length: failures }, () => failed(taskUUID))]);

    const attempts: string[] = [];
    const videosSeen: Video[] = [];
    let failuresSeen = 0;
    const attempt = (id: string) => {
      const isFirst = !attempts.includes(id);
      attempts.push(id);
      if (failsFirst && isFirst) throw new Error('the first time');
    };
    const handler = webhooks.createWebhookHandler({
      secret,
      client,
      async onVideo(video) {
        attempt(video.videoUUID);
        if (isSlow) await setImmediate();
        videosSeen.push(video);
      },
      onFailure(failure) {
        expect(failure).toMatchObject({ taskUUID, code: 'timeoutProvider' });
        failuresSeen += 1;
      },
      onError(error) {
        expect(webhooks.WebhookError.is(error)).toBe(true);
        throw new Error('a faulty log');
      },
    });

    const statusOf = async (delivery: Delivery) => {
      const url = await addressOf(delivery.address, taskUUID, endpoint);
      const body = bodyOf(delivery, taskUUID, videos);
      const response = await send(handler, url, delivery, body);
      expect(response).toBeInstanceOf(Response);
      expect((await response.text()).length).toBeLessThan(100);
      const { status } = response;
      seen.set(status, (seen.get(status) ?? 0) + 1);
      const isTrue = delivery.address.startsWith('right');
      // `Request` turns "post" into "POST".
      if (delivery.method.toUpperCase() !== 'POST') expect(status).toBe(405);
      else if (!isTrue) expect(status).toBe(401);
      else expect([200, 400, 403, 413, 500, 503]).toContain(status);
      if (status === 500) expect(failsFirst).toBe(true);
      return status;
    };
    const statuses: number[] = [];
    if (together) statuses.push(...(await Promise.all(deliveries.map(statusOf))));
    else for (const delivery of deliveries) statuses.push(await statusOf(delivery));

    // Only what the API confirms, as the API tells it, and once each.
    for (const { videoUUID, url, row } of videosSeen) {
      const wanted = truth.find((video) => video.videoUUID === videoUUID);
      expect({ url, row }).toEqual({ url: wanted?.videoURL, row: wanted });
    }
    expect(new Set(videosSeen.map(({ videoUUID }) => videoUUID)).size).toBe(videosSeen.length);
    if (!failsFirst) expect(attempts).toHaveLength(videosSeen.length);
    expect(failuresSeen).toBeLessThanOrEqual(failures);

    const isOwn = deliveries.map(({ address }) => address === 'right');
    if (statuses.some((status, index) => status === 200 && isOwn[index])) {
      expect([videosSeen.length, failuresSeen]).toEqual([videos.length, failures]);
    }
    if (!statuses.some((status, index) => [200, 500, 503].includes(status) && isOwn[index])) {
      expect([attempts.length, failuresSeen, asked.get(taskUUID) ?? 0]).toEqual([0, 0, 0]);
    }
  }
  return { check, seen };
}

describe('whatever is sent: an answer, and only what the API confirms, once', () => {
  test(`in ${sizes.deliveries} scenarios of several deliveries`, async () => {
    const { check, seen } = await startCheck('https://example.com/hooks?a=1', sendDirectly);
    await fc.assert(fc.asyncProperty(scenario, check), { numRuns: sizes.deliveries });
    const count = [...seen.values()].reduce((sum, each) => sum + each);
    expect(count).toBeGreaterThan(1.5 * sizes.deliveries);
    for (const status of [200, 400, 401, 403, 405, 413, 500, 503]) {
      expect([status, (seen.get(status) ?? 0) > sizes.deliveries / 60]).toEqual([status, true]);
    }
  });

  test(`in ${sizes.httpDeliveries} scenarios over HTTP`, async () => {
    let current: Handler | undefined;
    const endpoint = await serveHandler((request) => current?.(request) ?? Promise.reject());
    const { check, seen } = await startCheck(endpoint, (handler, url, { method }, body) => {
      current = handler;
      return fetch(url, { method, ...(method !== 'GET' && { body }) });
    });
    await fc.assert(fc.asyncProperty(scenario, check), { numRuns: sizes.httpDeliveries });
    for (const status of [200, 400, 401, 403, 405, 500, 503]) {
      expect([status, (seen.get(status) ?? 0) > sizes.httpDeliveries / 400]).toEqual([
        status,
        true,
      ]);
    }
  });
});
