import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { Sync3 } from '../../src/index.js';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

const timeoutMs = 1_000;
/** Bytes that are read of a Blob at a time. */
const pieceSize = 196_608;
const pieces = 20;
const file = new Blob([new Uint8Array(pieces * pieceSize)]);

/** Chunks of a body that one piece gives. */
const chunksOfPiece = 4;

/** A network that takes a piece of a body every `pieceMs`, so many of them, and answers after that. */
function slowNetwork(
  pieceMs: number,
  { takes = Infinity, answerMs = 0 } = {},
): typeof globalThis.fetch {
  const pause = (ms: number) =>
    new Promise<void>((resolve) => {
      if (ms < Infinity) setTimeout(resolve, ms);
    });
  return async (_, { body } = {}) => {
    const reader = (body as ReadableStream<Uint8Array>).getReader();
    let head = '';
    for (let chunk = 0; chunk < takes * chunksOfPiece; chunk++) {
      if (chunk % chunksOfPiece === 0) await pause(pieceMs);
      const { done, value } = await reader.read();
      if (done) {
        await pause(answerMs);
        const taskUUID = /"taskUUID":"(.*?)"/.exec(head)?.[1];
        return Response.json({ data: [{ taskUUID, mediaUUID: crypto.randomUUID() }] });
      }
      head ||= new TextDecoder().decode(value);
    }
    return new Promise(() => {});
  };
}

/** What becomes of an upload, with the time at which it did, in ms from its beginning. */
function outcomeOf(fetch: typeof globalThis.fetch, onCall = false) {
  const startedAt = Date.now();
  const client = new Sync3({ apiKey: 'key', fetch, maxRetries: 0, ...(!onCall && { timeoutMs }) });
  const outcome: { value?: unknown; error?: unknown; afterMs?: number } = {};
  client.media
    .upload(file, onCall ? { timeoutMs } : {})
    .then(
      (value) => Object.assign(outcome, { value }),
      (error) => Object.assign(outcome, { error }),
    )
    .finally(() => Object.assign(outcome, { afterMs: Date.now() - startedAt }));
  return outcome;
}

describe.each([
  ['of the client', false],
  ['of the call', true],
])('with the timeoutMs %s', (_, onCall) => {
  test('an upload lives as long as its bytes are taken, however long that is', async () => {
    const outcome = outcomeOf(slowNetwork(timeoutMs * 0.9), onCall);
    await vi.advanceTimersByTimeAsync(pieces * timeoutMs * 2);
    expect(outcome.value).toBeDefined();
    expect(outcome.afterMs).toBeGreaterThan(pieces * timeoutMs * 0.9);
    expect(vi.getTimerCount()).toBe(0);
  });

  test('an upload ends when none of its bytes are taken for that time', async () => {
    const outcome = outcomeOf(slowNetwork(timeoutMs * 0.9, { takes: 5 }), onCall);
    const takenAt = 5 * timeoutMs * 0.9;
    await vi.advanceTimersByTimeAsync(takenAt + timeoutMs - 10);
    expect(outcome).toEqual({});
    await vi.advanceTimersByTimeAsync(20);
    expect(outcome.error).toMatchObject({
      name: 'TimeoutError',
      code: 'timeout',
      retryable: true,
      mayBeAccepted: false,
      message: expect.stringMatching(/within 1000 ms after it last took bytes of the file/),
    });
    expect(vi.getTimerCount()).toBe(0);
  });
});

test('when all bytes are taken, the wait for the answer is bounded', async () => {
  const outcome = outcomeOf(slowNetwork(1, { answerMs: Infinity }));
  // Fast: what buffers may still hold is gone soon.
  await vi.advanceTimersByTimeAsync(2 * timeoutMs);
  expect(outcome.error).toMatchObject({ name: 'TimeoutError' });
});

test('what the buffers of a slow network may hold is waited for at its pace', async () => {
  const sentMs = pieces * 500;
  const answered = outcomeOf(slowNetwork(500, { answerMs: sentMs * 0.8 }));
  await vi.advanceTimersByTimeAsync(3 * sentMs);
  expect(answered.value).toBeDefined();
  const silent = outcomeOf(slowNetwork(500, { answerMs: Infinity }));
  await vi.advanceTimersByTimeAsync(3 * sentMs);
  expect(silent.error).toMatchObject({ name: 'TimeoutError' });
});

test('an upload that is held in memory has a second more for each 100 kB', async () => {
  // Browsers let nobody set a length.
  vi.stubGlobal(
    'Request',
    class extends Request {
      override headers = new Headers();
    },
  );
  const outcome = outcomeOf(() => new Promise(() => {}));
  await vi.advanceTimersByTimeAsync(timeoutMs + file.size / 100 - 100);
  expect(outcome).toEqual({});
  await vi.advanceTimersByTimeAsync(200);
  expect(outcome.error).toMatchObject({ name: 'TimeoutError' });
  expect(vi.getTimerCount()).toBe(0);
});
