import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  type CodeMeaning,
  describeFailure,
  meaningOf,
  Sync3,
  Sync3Error,
} from '../../src/index.js';
import { sendJson, startScriptedServer } from '../http/scripted-server.js';
import { sampleJob } from '../sample-job.js';

/** The codes that the official SDK knows (runware-typescript 4132dc6, errors.ts), by their meaning. */
const known: Partial<Record<CodeMeaning, string[]>> = {
  key: [
    'invalidApiKey',
    'missingApiKey',
    'unauthorized',
    'authenticationFailed',
    'authFailed',
    'authTimeout',
    'invalidAuthentication',
    'invalidCredentials',
    'missingAuthentication',
    'tokenExpired',
    'tokenRevoked',
  ],
  permission: [
    'forbidden',
    'permissionDenied',
    'insufficientPermissions',
    'accountSuspended',
    'workspaceDisabled',
  ],
  credits: [
    'insufficientCredits',
    'quotaExceeded',
    'paymentRequired',
    'providerInsufficientCredits',
    'thirdPartyInsufficientCredits',
    'lowBalance',
  ],
  rate: [
    'rateLimit',
    'rateLimitExceeded',
    'inferenceRateLimitExceeded',
    'providerRateLimitExceeded',
    'inferenceRateLimitRequestTooLarge',
  ],
  server: [
    'internalServerError',
    'providerInternalServerError',
    'serviceUnavailable',
    'providerUnavailable',
    'modelUnavailable',
    'noAvailableServer',
  ],
  attempt: [
    'timeout',
    'timeoutProvider',
    'providerGatewayTimeout',
    'unknownError',
    'standardError',
  ],
  conflict: ['conflictTaskUUID', 'duplicateTaskUUID'],
  unknownTask: ['taskNotFound', 'taskFailedOrNotFound', 'notFound'],
  expiredTask: ['taskExpired'],
  lostInput: ['mediaNotFound', 'mediaExpired', 'inputVideoNotFound'],
  request: [
    'invalidParameter',
    'conflictParameters',
    'contentPolicyViolation',
    'invalidProviderContent',
    'modelNotFound',
    'taskCancelled',
    'inferenceError',
  ],
};

describe.each(Object.entries(known))('about the %s', (meaning, codes) => {
  test.each(codes)('is %s', (code) => {
    expect(meaningOf(code)).toBe(meaning);
  });
});

/** What `lipsync.submit` throws when the API refuses every request so. */
async function refusal(status: number, code: string) {
  const server = await startScriptedServer((_, response) =>
    sendJson(response, status, { errors: [{ code, message: 'No.' }] }),
  );
  const sync3 = new Sync3({ baseUrl: server.url, apiKey: 'key', maxRetries: 0 });
  return sync3.lipsync.submit(sampleJob).catch((error) => error);
}

describe.each([200, 400, 401, 403, 500])('under HTTP %d', (status) => {
  test.each([
    ['providerInsufficientCredits', 'InsufficientCreditsError'],
    ['invalidApiKey', 'AuthenticationError'],
    ['permissionDenied', 'PermissionDeniedError'],
    ['providerRateLimitExceeded', 'RateLimitError'],
  ])('%s is an %s', async (code, name) => {
    expect(await refusal(status, code)).toMatchObject({ name, code, status });
  });
});

test.each([
  [401, 'AuthenticationError'],
  [402, 'InsufficientCreditsError'],
  [403, 'PermissionDeniedError'],
  [429, 'RateLimitError'],
  [500, 'ServerError'],
  [400, 'ApiError'],
])('a code that says nothing leaves it to the status: HTTP %d is %s', async (status, name) => {
  expect(await refusal(status, 'somethingNew')).toMatchObject({ name });
});

test('many jobs that are refused together for want of credits are all told so', async () => {
  const server = await startScriptedServer((_, response) => {
    const errors = [{ code: 'insufficientCredits', message: 'Add credits.' }];
    sendJson(response, 400, { data: [], errors });
  });
  const sync3 = new Sync3({ baseUrl: server.url, apiKey: 'key' });
  const names = Array.from({ length: 8 }, () =>
    sync3.lipsync.submit(sampleJob).catch(({ name }) => name),
  );
  expect(await Promise.all(names)).toEqual(Array(8).fill('InsufficientCreditsError'));
  expect(server.requests).toHaveLength(1);
});

describe('mayBeAccepted', () => {
  test.each([
    ['a refusal', 400, { errors: [{ code: 'invalidParameter', message: 'x' }] }, false],
    ['too many requests', 429, {}, false],
    ['no credits', 402, { errors: [{ code: 'insufficientCredits', message: 'x' }] }, false],
    ['a fault of the server', 500, {}, true],
    ['an answer that says nothing', 200, {}, true],
    ['a timeout of the API', 504, { errors: [{ code: 'timeout', message: 'x' }] }, true],
  ])('after %s', async (_, status, body, mayBeAccepted) => {
    const server = await startScriptedServer((_, response) => sendJson(response, status, body));
    const sync3 = new Sync3({ baseUrl: server.url, apiKey: 'key', maxRetries: 0 });
    const error = await sync3.lipsync.submit(sampleJob).catch((caught) => caught);
    expect(error).toMatchObject({ mayBeAccepted });
    expect(error.message.includes('tasks.attach(')).toBe(mayBeAccepted);
    expect(error.summary).not.toContain('tasks.attach(');
  });

  test('is false of an abort before the submit, and true of one while it is under way', async () => {
    const controller = new AbortController();
    const server = await startScriptedServer(() => controller.abort());
    const { signal } = controller;
    const sync3 = new Sync3({ baseUrl: server.url, apiKey: 'key' });
    const early = sync3.lipsync.submit(sampleJob, { signal: AbortSignal.abort() });
    await expect(early).rejects.toMatchObject({ name: 'AbortError', mayBeAccepted: false });
    const late = sync3.lipsync.submit(sampleJob, { signal });
    await expect(late).rejects.toMatchObject({ name: 'AbortError', mayBeAccepted: true });
  });
});

test('what the provider said is part of the message of a failure', async () => {
  const responseContent = 'The face is not visible.';
  const server = await startScriptedServer(({ tasks: [task] }, response) => {
    const about = { taskUUID: task?.taskUUID, taskType: 'videoInference', status: 'error' };
    const error = {
      ...about,
      code: 'invalidProviderContent',
      message: 'Rejected.',
      responseContent,
    };
    sendJson(response, 400, { data: [], errors: [error] });
  });
  const sync3 = new Sync3({ baseUrl: server.url, apiKey: 'key' });
  const wait = sync3.tasks.attach(crypto.randomUUID()).wait();
  await expect(wait).rejects.toThrow(/Rejected.*The face is not visible/);
});

test('a failure is described in one line, with or without its code', () => {
  const failure = { code: 'providerError', message: 'It failed.', responseContent: { frame: 7 } };
  expect(describeFailure(failure)).toBe('It failed. (providerError): {"frame":7}');
  expect(describeFailure({ message: 'It\nfailed.' })).toBe('It failed.');
  expect(describeFailure({ message: 'Long.', responseContent: 'x'.repeat(9000) })).toHaveLength(
    507,
  );
});

test('the sentence of a gateway is in the message and in raw, on one line and shortened', async () => {
  const server = await startScriptedServer((_, response) => {
    response.writeHead(500).end(`Mount the listener\nbefore body parsers. ${'x'.repeat(5000)}`);
  });
  const sync3 = new Sync3({ baseUrl: server.url, apiKey: 'key', maxRetries: 0 });
  const error = await sync3.lipsync.submit(sampleJob).catch((caught) => caught);
  expect(error.message).toContain('Mount the listener before body parsers.');
  expect(error.message.length).toBeLessThan(600);
  expect(error.raw).toHaveLength(2000);
});

test('no control character and no bidirectional override of an answer is in a message', async () => {
  const odd = '\u001b[2J\u0085\u009b31m\u202e\u2066\u0007\n';
  const server = await startScriptedServer(({ tasks: [task] }, response) => {
    const about = { taskUUID: task?.taskUUID, status: 'error' };
    const error = { ...about, code: `x${odd}`, message: `y${odd}z`, responseContent: odd };
    sendJson(response, 400, { errors: [error] });
  });
  const sync3 = new Sync3({ baseUrl: server.url, apiKey: 'key', maxRetries: 0 });
  const calls = [sync3.tasks.attach(crypto.randomUUID()).wait(), sync3.lipsync.submit(sampleJob)];
  for (const outcome of await Promise.allSettled(calls)) {
    expect(outcome.status === 'rejected' && outcome.reason.message).toMatch(/^[\x20-\x7e]+$/);
  }
});

/** A JSON value in which a text may be an object whose `toString` is none. */
const oddText = fc.oneof(
  fc.string(),
  fc.jsonValue(),
  fc.constant({ toString: 1 }),
  fc.constant([{ toString: 1 }]),
);

test('no answer to a poll or a submit throws anything but an error of this package', async () => {
  const names = ['code', 'message', 'parameter', 'status', 'taskType', 'responseContent'];
  const row = [
    'status',
    'videoUUID',
    'videoURL',
    'seed',
    'cost',
    'progress',
    'error',
    'NSFWContent',
  ];
  const odd = (keys: string[]) => fc.dictionary(fc.constantFrom(...keys), oddText);
  const bodies = fc.record(
    {
      data: fc.oneof(fc.array(odd(row)), oddText),
      errors: fc.oneof(fc.array(odd(names)), oddText),
    },
    { requiredKeys: [] },
  );
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(200, 400, 404, 500), bodies, async (status, body) => {
      const name = (entry: unknown, taskUUID: string) => Object.assign(Object(entry), { taskUUID });
      const fetch = async (_: unknown, init?: RequestInit) => {
        const [task] = JSON.parse(String(init?.body));
        const list = (value: unknown) =>
          Array.isArray(value) ? value.map((entry) => name(entry, task.taskUUID)) : value;
        return Response.json({ data: list(body.data), errors: list(body.errors) }, { status });
      };
      const sync3 = new Sync3({ apiKey: 'key', fetch, maxRetries: 0 });
      const wait = sync3.tasks.attach(crypto.randomUUID()).wait({ timeoutMs: 1 });
      const outcomes = await Promise.allSettled([wait, sync3.lipsync.submit(sampleJob)]);
      for (const outcome of outcomes) {
        if (outcome.status === 'rejected') expect(Sync3Error.is(outcome.reason)).toBe(true);
      }
    }),
    { numRuns: 150 },
  );
});

test('cost and seed that are written as text are read as numbers', async () => {
  const taskUUID = crypto.randomUUID();
  const video = { videoUUID: 'a', videoURL: 'https://vm.runware.ai/v.mp4' };
  const server = await startScriptedServer((_, response) => {
    const row = { taskUUID, status: 'success', cost: '0.42', seed: '7', ...video };
    sendJson(response, 200, { data: [row] });
  });
  const sync3 = new Sync3({ baseUrl: server.url, apiKey: 'key' });
  const { videos } = await sync3.tasks.attach(taskUUID).wait();
  expect(videos).toMatchObject([{ cost: 0.42, seed: 7 }]);
});
