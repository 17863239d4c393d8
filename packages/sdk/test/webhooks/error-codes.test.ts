import { inspect } from 'node:util';
import { describe, expect, test, vi } from 'vitest';
import * as webhooks from '../../src/webhooks/index.js';
import { sendJson, success } from '../http/scripted-server.js';
import { promised, type Setup, secret, startWebhook } from './start-webhook.js';

type Webhook = Awaited<ReturnType<typeof startWebhook>>;

/** A delivery that is refused, and how. */
interface Refusal {
  code: webhooks.WebhookErrorCode;
  status: number;
  setup?: Setup;
  send?: (webhook: Webhook) => RequestInit | Promise<RequestInit>;
  url?: (url: string) => string;
}

const fail = () => {
  throw new Error('disk full');
};
const throwing = (cause: unknown) => () => {
  throw cause;
};
const ownVideo = ({ taskUUID }: Webhook) => ({ body: JSON.stringify(success(taskUUID)) });

const refusals: Refusal[] = [
  { code: 'methodNotAllowed', status: 405, send: () => ({ method: 'PUT', body: '{}' }) },
  { code: 'invalidToken', status: 401, url: (url) => url.slice(0, -1) },
  { code: 'unreadableBody', status: 400, send: () => ({ body: Uint8Array.of(0xff) }) },
  { code: 'invalidPayload', status: 400, send: () => ({ body: '{}' }) },
  { code: 'bodyTooLong', status: 413, send: () => ({ body: ' '.repeat(2 ** 20 + 1) }) },
  {
    code: 'otherTask',
    status: 403,
    send: () => ({ body: JSON.stringify(success(crypto.randomUUID())) }),
  },
  {
    code: 'statusUnknown',
    status: 503,
    setup: { script: (_, response) => sendJson(response, 500, {}) },
  },
  {
    code: 'notConfirmed',
    status: 503,
    send: ({ taskUUID }) => ({ body: JSON.stringify(success(taskUUID, 'another')) }),
  },
  {
    code: 'handledElsewhere',
    status: 503,
    setup: { handled: { has: () => false, add: fail, claim: () => false } },
  },
  { code: 'callbackFailed', status: 500, setup: { onVideo: fail } },
  { code: 'callbackFailed', status: 500, setup: { onVideo: throwing(undefined) } },
  { code: 'storeFailed', status: 500, setup: { handled: { has: fail, add: fail } } },
  { code: 'storeFailed', status: 500, setup: { handled: { has: () => false, add: fail } } },
  { code: 'deliveryFailed', status: 500, setup: { waitUntil: fail } },
];

/** What every error says: which task, and what to do. */
function checkWords(error: webhooks.WebhookError | undefined, taskUUID: string) {
  const isAboutTask = error?.code !== 'methodNotAllowed' && error?.code !== 'invalidToken';
  if (isAboutTask) expect(error?.message).toContain(taskUUID);
  // The summary leaves out the advice.
  expect(error?.message.length).toBeGreaterThan(Number(error?.summary.length) + 20);
  expect(error?.mayBeAccepted).toBe(false);
}

describe('the code of an error says why a delivery was refused', () => {
  test.each(refusals)('$code, $status', async ({ code, status, setup, send, url }) => {
    const webhook = await startWebhook(setup);
    const { handler, truth, taskUUID, errors } = webhook;
    truth.data = [success(taskUUID)];
    const init = await (send ?? ownVideo)(webhook);
    const address = url?.(webhook.url) ?? webhook.url;
    const response = await handler(new Request(address, { method: 'POST', ...init }));
    expect(response.status).toBe(status);
    const error = errors.find((each) => each.code === code);
    expect(error).toMatchObject({ code, status, retryable: status >= 500 });
    if (setup?.waitUntil) expect(error?.cause).toMatchObject({ message: 'disk full' });
    else checkWords(error, taskUUID);
  });

  test('bodyAlreadyRead, 500', async () => {
    const { handler, url, taskUUID, errors } = await startWebhook();
    const request = new Request(url, { method: 'POST', body: '{}' });
    await request.text();
    expect((await handler(request)).status).toBe(500);
    expect(errors).toMatchObject([{ code: 'bodyAlreadyRead', status: 500 }]);
    checkWords(errors[0], taskUUID);
  });

  test.each([
    ['bodyTooSlow', 408, () => new ReadableStream()],
    ['tooSlow', 503, undefined],
  ] as const)('%s, %i', async (code, status, bodyOf) => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    try {
      const { promise: isCalled, resolve: call } = promised();
      const onVideo = () => {
        call();
        return new Promise(() => {});
      };
      const { handler, url, truth, taskUUID, errors } = await startWebhook({ onVideo });
      truth.data = [success(taskUUID)];
      const body = bodyOf?.() ?? JSON.stringify(success(taskUUID));
      const duplex = { duplex: 'half' };
      const answer = handler(new Request(url, { method: 'POST', body, ...duplex }));
      if (!bodyOf) await isCalled;
      await vi.advanceTimersByTimeAsync(4_500);
      expect((await answer).status).toBe(status);
      expect(errors).toMatchObject([{ code, status, taskUUID }]);
      checkWords(errors[0], taskUUID);
    } finally {
      vi.useRealTimers();
    }
  });
});

describe('the code of an error says why a URL cannot be made', () => {
  const endpoint = 'https://example.com/';
  test.each([
    ['invalidTaskUUID', endpoint, 'x', secret],
    ['invalidEndpoint', 'x', crypto.randomUUID(), secret],
    ['invalidEndpoint', 'ftp://example.com/', crypto.randomUUID(), secret],
    ['invalidEndpoint', 'https://me@example.com/', crypto.randomUUID(), secret],
    ['missingSecret', endpoint, crypto.randomUUID(), ''],
    ['weakSecret', endpoint, crypto.randomUUID(), 'x'.repeat(20)],
  ])('%s', async (code, address, taskUUID, key) => {
    const error = await webhooks.urlFor(address, taskUUID, { secret: key }).catch((each) => each);
    expect(error).toMatchObject({ code, retryable: false });
    expect(error).not.toHaveProperty('status');
    expect(inspect(error)).not.toContain('xxxx');
  });
});
