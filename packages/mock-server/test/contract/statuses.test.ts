import { randomUUID } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { type Fault, type MockServerOptions, startMockServer } from '@sync3/mock-server';
import {
  ApiError,
  AuthenticationError,
  InsufficientCreditsError,
  PermissionDeniedError,
  RateLimitError,
  ServerError,
  Sync3,
} from '@sync3/sdk';
import { file } from '@sync3/sdk/node';
import { describe, expect, onTestFinished, test } from 'vitest';
import { statuses } from './responses/response-parts.js';

const sample = (name: string) =>
  file(fileURLToPath(new URL(`../../../../examples/media/${name}`, import.meta.url)));
const inputs = { video: 'https://example.com/v.mp4', audio: 'https://example.com/a.wav' };

/** How a status comes about, and what the SDK makes of it. */
interface Cause {
  options?: MockServerOptions;
  apiKey?: string;
  fault?: Fault;
  /** What the caller does. */
  act: (sync3: Sync3) => Promise<unknown>;
  /** The class of the error; none where all is well. */
  error?: new (
    ...args: never[]
  ) => ApiError;
  code?: string;
}

const submit = (sync3: Sync3) => sync3.lipsync.submit({ inputs });

/** A real cause where the API has one; a fault where there is none on this side of the API. */
const causes: Record<number, Cause[]> = {
  200: [{ act: submit }],
  400: [{ act: (sync3) => sync3.media.upload('data:,text'), error: ApiError }],
  401: [{ apiKey: 'wrong', act: submit, error: AuthenticationError, code: 'invalidApiKey' }],
  402: [
    {
      options: { balance: 0.01 },
      act: async (sync3) => {
        const { mediaUUID } = await sync3.media.upload(sample('face.mp4'));
        await sync3.lipsync.submit({ inputs: { ...inputs, video: mediaUUID } });
      },
      error: InsufficientCreditsError,
      code: 'insufficientCredits',
    },
  ],
  403: [
    {
      options: { readOnlyApiKeys: ['reader'] },
      apiKey: 'reader',
      act: submit,
      error: PermissionDeniedError,
      code: 'insufficientPermissions',
    },
  ],
  404: [
    {
      act: (sync3) => sync3.media.delete(randomUUID()),
      error: ApiError,
      code: 'mediaNotFound',
    },
    {
      act: (sync3) => sync3.tasks.details(randomUUID()),
      error: ApiError,
      code: 'taskNotFound',
    },
  ],
  429: [
    {
      options: { rateLimit: { requests: 1, perMs: 60_000 }, now: () => 0 },
      act: async (sync3) => {
        await submit(sync3);
        await submit(sync3);
      },
      error: RateLimitError,
      code: 'rateLimitExceeded',
    },
  ],
  500: [
    {
      fault: { on: 'submit', kind: 'status', status: 500 },
      act: submit,
      error: ServerError,
      code: 'internalServerError',
    },
  ],
  503: [
    {
      fault: { on: 'submit', kind: 'status', status: 503 },
      act: submit,
      error: ServerError,
      code: 'serviceUnavailable',
    },
  ],
  504: [
    {
      fault: { on: 'submit', kind: 'status', status: 504 },
      act: submit,
      error: ServerError,
      code: 'timeoutProvider',
    },
  ],
};

test('there is a cause for every status that the document declares, and for no other', () => {
  expect(Object.keys(causes).map(Number)).toEqual(statuses);
});

describe('a status reaches the caller as its class:', () => {
  const each = Object.entries(causes).flatMap(([status, list]) =>
    list.map((cause) => ({
      status: Number(status),
      code: '',
      name: cause.error?.name ?? 'no error',
      ...cause,
    })),
  );
  test.each(each)('$status is $name', async ({ status, code, ...cause }) => {
    const { options, apiKey = 'key', fault, act, error } = cause;
    const mock = await startMockServer({ apiKeys: ['key'], ...options });
    onTestFinished(() => mock.close());
    if (fault) mock.faults.add(fault);
    const seen: number[] = [];
    const sync3 = new Sync3({
      baseUrl: mock.url,
      apiKey,
      maxRetries: 0,
      fetch: async (...request) => {
        const response = await fetch(...request);
        seen.push(response.status);
        return response;
      },
    });
    const thrown = await act(sync3).then(
      () => undefined,
      (reason: unknown) => reason,
    );
    expect(seen.at(-1)).toBe(status);
    expect(mock.stats.violations).toBe(0);
    if (!error) {
      expect(thrown).toBeUndefined();
      return;
    }
    expect(thrown).toBeInstanceOf(error);
    // The class itself, not one that extends it.
    expect((thrown as Error).constructor).toBe(error);
    expect(thrown).toMatchObject({ status, ...(code && { errors: [{ code }] }) });
    if (error === RateLimitError) expect(thrown).toMatchObject({ retryAfterMs: 60_000 });
  });
});
