import { createHmac } from 'node:crypto';
import { request } from 'node:http';
import { connect } from 'node:net';
import { inspect } from 'node:util';
import { describe, expect, test, vi } from 'vitest';
import * as webhooks from '../../src/webhooks/index.js';
import { success } from '../http/scripted-server.js';
import { apiKey, post, secret, startWebhook, streamed } from './start-webhook.js';

/** A webhook whose video is ready: a delivery that got through would be seen. */
async function startReady() {
  const webhook = await startWebhook();
  const { truth, taskUUID } = webhook;
  truth.data = [success(taskUUID)];
  return { ...webhook, payload: success(taskUUID) };
}

function changed(url: string, change: (query: URLSearchParams) => void): string {
  const copy = new URL(url);
  change(copy.searchParams);
  return copy.href;
}

describe('401, the API is not asked, and nothing is called, for a delivery', () => {
  const forgeries: [string, (url: string) => string | Promise<string>][] = [
    ['without a token', (url) => changed(url, (query) => query.delete('sync3_token'))],
    ['with an empty token', (url) => changed(url, (query) => query.set('sync3_token', ''))],
    ['without a task', (url) => changed(url, (query) => query.delete('sync3_task'))],
    ['without a query', (url) => url.replace(/\?.*/, '')],
    ['whose token is cut', (url) => url.slice(0, -1)],
    ['whose token has one character more', (url) => `${url}A`],
    [
      'whose token has another first character',
      (url) => url.replace(/(?<=sync3_token=)./, (first) => (first === 'A' ? 'B' : 'A')),
    ],
    [
      'whose token has another spelling of the same bytes',
      (url) => url.replace(/.$/, (last) => String.fromCharCode(last.charCodeAt(0) + 1)),
    ],
    [
      'whose token is in capitals',
      (url) => url.replace(/(?<=sync3_token=).*/, (token) => token.toUpperCase()),
    ],
    [
      'with the token of another task',
      async (url) => {
        const other = await webhooks.urlFor(url, crypto.randomUUID(), { secret });
        const token = new URL(other).searchParams.get('sync3_token') ?? '';
        return changed(url, (query) => query.set('sync3_token', token));
      },
    ],
    [
      'with the task of another token',
      (url) => changed(url, (query) => query.set('sync3_task', crypto.randomUUID())),
    ],
    [
      'with a token of another secret',
      async (url) => {
        const { searchParams } = new URL(url);
        const task = searchParams.get('sync3_task') ?? '';
        return webhooks.urlFor(url, task, { secret: secret.toUpperCase() });
      },
    ],
    [
      'whose right token comes second',
      (url) => url.replace('sync3_token=', `sync3_token=${'A'.repeat(43)}&sync3_token=`),
    ],
  ];

  test.each(forgeries)('%s', async (_, forge) => {
    const { url, payload, api, videos, errors } = await startReady();
    const forged = await forge(url);
    expect(forged).not.toBe(url);
    const response = await post(forged, payload);
    expect(response.status).toBe(401);
    expect(api.requests).toEqual([]);
    expect(videos).toEqual([]);
    expect(errors).toMatchObject([{ name: 'WebhookError', status: 401, retryable: false }]);
    expect(errors[0]).not.toHaveProperty('taskUUID');
  });

  test('of what is no UUID, although the token is right', async () => {
    const { url, payload, api } = await startReady();
    const token = createHmac('sha256', secret).update('no uuid').digest('base64url');
    const forged = changed(url, (query) => {
      query.set('sync3_task', 'No UUID');
      query.set('sync3_token', token);
    });
    expect((await post(forged, payload)).status).toBe(401);
    expect(api.requests).toEqual([]);
  });

  test('before a byte of its body is read', async () => {
    const { handler, endpoint } = await startReady();
    const pull = vi.fn();
    const body = new ReadableStream({ pull }, { highWaterMark: 0 });
    const delivery = streamed(endpoint, body);
    expect((await handler(delivery)).status).toBe(401);
    expect(pull).not.toHaveBeenCalled();
    expect(delivery.bodyUsed).toBe(false);
  });

  test('by a comparison in constant time', async () => {
    const verify = vi.spyOn(crypto.subtle, 'verify');
    try {
      const { url, payload } = await startReady();
      await post(url.replace(/(?<=sync3_token=)./, 'x'), payload);
      await post(url.replace(/(?<=sync3_token=)./, 'y'), payload);
      expect(verify).toHaveBeenCalledTimes(2);
    } finally {
      verify.mockRestore();
    }
  });
});

test('a URL in which the taskUUID has another case is the same URL', async () => {
  const { url, payload, taskUUID, videos } = await startReady();
  const response = await post(url.replace(taskUUID, taskUUID.toUpperCase()), payload);
  expect(response.status).toBe(200);
  expect(videos).toHaveLength(1);
});

test('a result is not handled again because the taskUUID of the URL has another case', async () => {
  const { url, payload, taskUUID, videos } = await startReady();
  await post(url, payload);
  await post(url.replace(taskUUID, taskUUID.toUpperCase()), payload);
  expect(videos).toHaveLength(1);
});

describe('403, and the API is not asked, for a payload of another task', () => {
  const other = crypto.randomUUID();
  test.each([
    ['in a flat row', () => success(other)],
    ['in data', () => ({ data: [success(other)] })],
    ['beside its own', (own: object) => ({ data: [own, success(other)] })],
    ['in errors', () => ({ errors: [{ code: 'x', message: 'x', taskUUID: other }] })],
    ['in an error', () => ({ error: { code: 'x', taskUUID: other } })],
    ['in the error of a row', (own: object) => ({ ...own, error: { taskUUID: other } })],
    [
      'in the error of a row in data',
      (own: object) => ({ data: [{ ...own, error: { taskUUID: other } }] }),
    ],
    ['as a number', () => ({ data: [{ taskUUID: 7 }] })],
    ['as nothing', () => ({ data: [{ taskUUID: '' }] })],
  ])('%s', async (_, payloadOf) => {
    const { url, payload, taskUUID, api, videos, errors } = await startReady();
    expect((await post(url, payloadOf(payload))).status).toBe(403);
    expect(api.requests).toEqual([]);
    expect(videos).toEqual([]);
    expect(errors).toMatchObject([{ status: 403, taskUUID, retryable: false }]);
  });
});

test.each(['GET', 'HEAD', 'PUT', 'DELETE', 'OPTIONS', 'PATCH'])('405 for %s', async (method) => {
  const { url, api, errors } = await startReady();
  const response = await fetch(url, { method });
  expect(response.status).toBe(405);
  expect(response.headers.get('Allow')).toBe('POST');
  expect(api.requests).toEqual([]);
  expect(errors).toMatchObject([{ status: 405 }]);
});

describe('a body', () => {
  const limit = 2 ** 20;

  test('of 1 MiB is read, and of one byte more is not', async () => {
    const { url, payload, videos, errors } = await startReady();
    const longest = JSON.stringify(payload).padEnd(limit);
    expect((await post(url, `${longest} `)).status).toBe(413);
    expect(videos).toEqual([]);
    expect(errors).toMatchObject([{ status: 413, retryable: false }]);
    expect((await post(url, longest)).status).toBe(200);
    expect(videos).toHaveLength(1);
  });

  test('whose Content-Length is too much is refused before any of it has come', async () => {
    const { url } = await startReady();
    const headers = { 'content-length': limit + 1 };
    const status = await new Promise((resolve, reject) => {
      const sent = request(url, { method: 'POST', headers }, (response) => {
        resolve(response.statusCode);
        sent.destroy();
      });
      sent.on('error', reject);
      sent.flushHeaders();
    });
    expect(status).toBe(413);
  });

  test('without Content-Length and without end is refused while it comes', async () => {
    const { url, api } = await startReady();
    const chunk = Buffer.alloc(64 * 1024, ' ');
    const status = await new Promise((resolve, reject) => {
      const sent = request(url, { method: 'POST' }, (response) => {
        resolve(response.statusCode);
        sent.destroy();
      });
      sent.on('error', reject);
      const write = () => {
        while (!sent.destroyed && sent.write(chunk));
        sent.once('drain', write);
      };
      write();
    });
    expect(status).toBe(413);
    expect(api.requests).toEqual([]);
  });

  test('with a Content-Length that is too small, or none, is not read far beyond 1 MiB', async () => {
    const { url, handler } = await startReady();
    for (const length of ['10', '-1', 'x', '']) {
      let bytes = 0;
      const body = new ReadableStream({
        pull(controller) {
          bytes += 1000;
          controller.enqueue(new Uint8Array(1000).fill(32));
        },
      });
      const delivery = streamed(url, body, { 'content-length': length });
      expect((await handler(delivery)).status).toBe(413);
      expect(bytes).toBeLessThan(limit + 5000);
    }
  });

  test('that breaks off is no delivery', async () => {
    const { url, payload, errors, api } = await startReady();
    const { pathname, search, port } = new URL(url);
    const text = JSON.stringify(payload);
    const socket = connect(Number(port), '127.0.0.1');
    socket.write(
      `POST ${pathname}${search} HTTP/1.1\r\nHost: x\r\nContent-Length: ${text.length + 1}\r\n\r\n${text}`,
    );
    await expect.poll(() => socket.bytesWritten).toBeGreaterThan(text.length);
    socket.destroySoon();
    await expect.poll(() => errors).toMatchObject([{ status: 400 }]);
    expect(api.requests).toEqual([]);
  });

  test.each([
    ['texts', () => new ReadableStream({ pull: (controller) => controller.enqueue('x') })],
    [
      'undefined',
      () => new ReadableStream({ pull: (controller) => controller.enqueue(undefined) }),
    ],
    ['an error', () => new ReadableStream({ pull: (controller) => controller.error('x') })],
  ])('that is a stream of %s is no delivery', async (_, bodyOf) => {
    const { url, handler } = await startReady();
    expect((await handler(streamed(url, bodyOf()))).status).toBe(400);
  });

  test('that somebody has read before is a mistake that is told', async () => {
    const { url, payload, handler, errors } = await startReady();
    const delivery = new Request(url, { method: 'POST', body: JSON.stringify(payload) });
    await delivery.text();
    expect((await handler(delivery)).status).toBe(500);
    expect(errors).toMatchObject([
      { status: 500, message: expect.stringContaining('read before') },
    ]);
  });

  test('that somebody else is reading is answered with 500', async () => {
    const { url, handler, errors } = await startReady();
    const delivery = new Request(url, { method: 'POST', body: 'x' });
    delivery.body?.getReader();
    expect((await handler(delivery)).status).toBe(500);
    expect(errors).toMatchObject([{ status: 500, retryable: true }]);
  });
});

test.each([undefined, null, {}, { method: 'POST' }, { method: 'POST', url: 'x' }])(
  'what is no Request at all is answered with 500 or 405: %o',
  async (nonsense) => {
    const { handler } = await startReady();
    expect([500, 405]).toContain((await handler(nonsense as never)).status);
  },
);

test('no answer and no error shows the secret, the token, or the API key', async () => {
  const { url, payload, endpoint, errors, truth } = await startReady();
  truth.data = [];
  const token = new URL(url).searchParams.get('sync3_token') ?? '';
  const responses = [
    await fetch(url),
    await post(endpoint, payload),
    await post(`${url}A`, payload),
    await post(url, 'x'),
    await post(url, success(crypto.randomUUID())),
    await post(url, ' '.repeat(2 ** 20 + 1)),
    await post(url, payload),
  ];
  expect(responses.map(({ status }) => status)).toEqual([405, 401, 401, 400, 403, 413, 503]);
  for (const response of responses) {
    const shown = `${inspect([...response.headers])} ${await response.text()}`;
    for (const hidden of [secret, token, apiKey]) expect(shown).not.toContain(hidden);
    expect(shown.length).toBeLessThan(1000);
  }
  const shown = inspect(errors, { depth: 20, showHidden: true });
  for (const hidden of [secret, token, apiKey]) expect(shown).not.toContain(hidden);
  expect(errors).toHaveLength(7);
});
