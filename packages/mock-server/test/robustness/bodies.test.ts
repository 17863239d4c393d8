import { Agent, request } from 'node:http';
import { model } from '@sync3/generated/constants';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { sizes } from '../sizes.ts';
import { ServerProcess } from './server-process.ts';
import { type SpoiltBody, spoiltBody } from './spoilt-bodies.ts';

const agent = new Agent({ keepAlive: true, maxSockets: 20 });
let server: ServerProcess;
beforeAll(async () => {
  server = await ServerProcess.start({ apiKeys: ['key'], jobDurationMs: 0 });
});
afterAll(() => {
  agent.destroy();
  server.kill();
});

function post(bytes: Buffer, { url } = server): Promise<{ status: number; text: string }> {
  return new Promise((resolve, reject) => {
    const headers = { authorization: 'Bearer key', 'content-type': 'application/json' };
    const sent = request(url, { method: 'POST', agent, headers }, (response) => {
      let text = '';
      response.setEncoding('utf8').on('data', (chunk) => {
        text += chunk;
      });
      response.on('end', () => resolve({ status: response.statusCode ?? 0, text }));
      response.on('error', reject);
    });
    sent.on('error', reject).end(bytes);
  });
}

/** Runware's shape: rows in `data`, and in `errors` a code and a sentence each. */
async function assertAnswered({ bytes, isHopeless }: SpoiltBody): Promise<void> {
  const { status, text } = await post(bytes);
  const { data = [], errors = [], ...more } = JSON.parse(text);
  expect(more).toEqual({});
  for (const { code, message } of errors) {
    expect(code).toMatch(/^\w+$/);
    expect(message).toMatch(/\.$/);
  }
  expect(Array.isArray(data)).toBe(true);
  if (status !== 200) expect(errors.length).toBeGreaterThan(0);
  const statuses = isHopeless ? [400] : [200, 400, 401, 402, 404];
  expect(statuses).toContain(status);
}

test(`${50 * sizes.spoiltLists} spoilt bodies are each answered in Runware’s shape, and harm nothing`, async () => {
  const { objectKeys } = await server.report();
  const bodies = fc.array(spoiltBody, { minLength: 50, maxLength: 50 });
  await fc.assert(
    fc.asyncProperty(bodies, async (list) => {
      await Promise.all(list.map(assertAnswered));
    }),
    { numRuns: sizes.spoiltLists },
  );
  const report = await server.report();
  expect(report.stats.requests).toBe(50 * sizes.spoiltLists);
  expect(report.violations).toEqual([]);
  expect(report.objectKeys).toBe(objectKeys);
  expect(server.errors).toBe('');
});

test(`${10 * sizes.largeRounds} refused bodies of 1 MB each are not kept`, async () => {
  // With those of few rounds, if it kept them, its memory would be full.
  const small = await ServerProcess.start({ apiKeys: ['key'] }, 128);
  onTestFinished(() => small.kill());
  const long = 'x'.repeat(1_000_000);
  const refused = [
    [{ taskType: 'getResponse', taskUUID: long }],
    [{ taskType: 'getResponse', taskUUID: crypto.randomUUID(), [long]: 1 }],
    [{ taskType: long, taskUUID: crypto.randomUUID() }],
    [
      {
        taskType: 'mediaStorage',
        taskUUID: crypto.randomUUID(),
        operation: 'upload',
        media: `?${long}`,
      },
    ],
    long,
  ].map((body) => Buffer.from(JSON.stringify(body)));
  for (let round = 0; round < sizes.largeRounds; round++) {
    const statuses = await Promise.all(
      [...refused, ...refused].map(async (bytes) => (await post(bytes, small)).status),
    );
    expect(new Set(statuses)).toEqual(new Set([400]));
  }
  expect((await small.report()).violations).toEqual([]);
  expect(small.errors).toBe('');
});

test('a body in which everything is wrong takes neither the memory nor a large answer', async () => {
  const task = {
    taskType: 'videoInference',
    taskUUID: crypto.randomUUID(),
    model,
    inputs: { video: 'http://127.0.0.1:9/v.mp4' },
    settings: { segments: Array(95_000).fill({}) },
  };
  const small = await ServerProcess.start({ apiKeys: ['key'] }, 128);
  onTestFinished(() => small.kill());
  const headers = { authorization: 'Bearer key' };
  for (let round = 0; round < 3; round++) {
    const body = JSON.stringify([task]);
    const response = await fetch(small.url, { method: 'POST', headers, body });
    expect(response.status).toBe(400);
    expect((await response.text()).length).toBeLessThan(1_000);
  }
  expect((await small.report()).violations).toEqual([]);
});

test.each([
  ['tasks', `[${'{},'.repeat(2_000_000)}{}]`],
  ['brackets', '['.repeat(20_000_000)],
  ['numbers', `[${'1,'.repeat(2_000_000)}1]`],
])('millions of %s are refused before they take the memory', async (_, text) => {
  const { status, text: answer } = await post(Buffer.from(text));
  expect(status).toBe(400);
  expect(JSON.parse(answer).errors).toMatchObject([{ code: 'maxBodySize' }]);
});
