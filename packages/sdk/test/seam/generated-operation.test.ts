import { readFile } from 'node:fs/promises';
import { runSync3 } from '@sync3/generated';
import type { Client } from '@sync3/generated/client';
import { expect, test } from 'vitest';
import { Sync3 } from '../../src/index.js';
import { resolveOptions } from '../../src/options.js';
import { newAttempt } from '../../src/wire/posting.js';
import { type Operation, requestInit } from '../../src/wire/request-init.js';
import { cooperative, startScriptedServer } from '../http/scripted-server.js';
import { sampleJob } from '../sample-job.js';

const document = JSON.parse(
  await readFile(new URL('../../../../openapi/sync-3.openapi.json', import.meta.url), 'utf8'),
);
const [[path, operations]] = Object.entries<Record<string, { requestBody: { content: object } }>>(
  document.paths,
) as [[string, Record<string, { requestBody: { content: object } }>]];
const [[method, { requestBody }]] = Object.entries(operations) as [
  [string, { requestBody: { content: object } }],
];

/** What the generated operation hands to its client. */
async function operationOfDocument(): Promise<Operation & { url: string; body: unknown }> {
  let given: unknown;
  const post = async (operation: Operation) => {
    given = operation;
    return { response: new Response() };
  };
  await runSync3({ client: { post } as unknown as Client, body: [] });
  return given as Operation & { url: string; body: unknown };
}

test('the operation is a POST of tasks to the one path of the document', async () => {
  // A client of ours has no other method.
  expect(method).toBe('post');
  expect((await operationOfDocument()).url).toBe(path);
  const { url } = resolveOptions({ apiKey: 'key' });
  expect(url).toBe(new URL(path, document.servers[0].url).href);
});

test('the content type and the place of the key are those of the document', async () => {
  const server = await startScriptedServer(cooperative);
  const apiKey = 'key-of-the-caller';
  await new Sync3({ baseUrl: server.url, apiKey }).lipsync.submit(sampleJob);
  const [type] = Object.keys(requestBody.content);
  expect(server.requests[0]?.headers).toMatchObject({ 'content-type': type });
  const [scheme] = Object.keys(document.security[0]);
  expect(document.components.securitySchemes[`${scheme}`]).toMatchObject({
    type: 'http',
    scheme: 'bearer',
  });
  expect(server.requests[0]?.headers.authorization).toBe(`Bearer ${apiKey}`);
});

test.each<[string, Operation['security'][number], Record<string, string>]>([
  ['a header of its own', { type: 'apiKey', name: 'X-API-Key' }, { 'x-api-key': 'the-key' }],
  ['a bearer token', { type: 'http', scheme: 'bearer' }, { authorization: 'Bearer the-key' }],
])('a document that wants the key as %s gets it so', async (_, scheme, expected) => {
  const settings = resolveOptions({ apiKey: 'the-key' });
  const operation = { headers: { 'Content-Type': 'application/json' }, security: [scheme] };
  const init = await requestInit(settings, { tasks: [] }, operation, 'the-key', newAttempt());
  const headers = Object.fromEntries(init.headers as Headers);
  expect(headers).toEqual({ 'content-type': 'application/json', ...expected });
});

test('with the key as a task, no header holds it', async () => {
  const settings = resolveOptions({ apiKey: 'the-key', auth: 'task' });
  const operation = await operationOfDocument();
  const init = await requestInit(settings, { tasks: [] }, operation, 'the-key', newAttempt());
  expect(Object.keys(Object.fromEntries(init.headers as Headers))).toEqual(['content-type']);
  expect(init.body).toBe('[{"taskType":"authentication","apiKey":"the-key"}]');
});
