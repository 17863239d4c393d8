import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { readProfile } from '@sync3/mock-server';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import WebSocket from 'ws';
import { getResponse, job, start, storeSample, upload } from '../api/start.ts';
import { connect } from './socket-client.ts';

const ping = { taskType: 'ping', ping: true };

describe('a WebSocket connection', () => {
  test('begins with an authentication, and answers lists of tasks as HTTP does', async () => {
    const { mock, post } = await start();
    const client = await connect(mock.url);
    expect(await client.enter()).toMatch(/^[\da-f-]{36}$/);
    const task = job({ inputs: await storeSample(post), outputQuality: 3 });
    const tasks = [task, getResponse(randomUUID()), upload('AAAA')];
    const [overHttp, overSocket] = [await post(tasks), await client.ask(tasks)];
    expect(overSocket.errors).toEqual(overHttp.body.errors);
    expect(overSocket.data).toMatchObject([{ taskType: 'mediaStorage', operation: 'upload' }]);
    expect(mock.stats.violations).toBe(0);
  });

  test('answers what is sent right behind the authentication', async () => {
    const { mock } = await start();
    const client = await connect(mock.url);
    client.send([{ taskType: 'authentication', apiKey: 'key' }]);
    client.send([ping]);
    const [first, second] = [await client.next(), await client.next()];
    expect(JSON.parse(first)).toMatchObject({ data: [{ taskType: 'authentication' }] });
    expect(JSON.parse(second)).toMatchObject({ data: [{ pong: true }] });
  });

  test('is given its session also where a profile tells none over HTTP', async () => {
    const profile = { ...readProfile('documented'), authenticationRow: 'absent' as const };
    const { mock } = await start({ profile });
    const client = await connect(mock.url);
    expect(await client.enter()).toMatch(/^[\da-f-]{36}$/);
  });

  test('answers a ping, which has no UUID', async () => {
    const { mock } = await start();
    const client = await connect(mock.url);
    await client.enter();
    expect(await client.ask([ping])).toEqual({ data: [{ taskType: 'ping', pong: true }] });
  });

  test('runs a job to its video, and prices one with dryRun in its URL', async () => {
    const { mock, post } = await start();
    const inputs = await storeSample(post);
    const client = await connect(mock.url);
    await client.enter();
    const task = job({ inputs });
    expect(await client.ask([task])).toMatchObject({ data: [{ taskUUID: task.taskUUID }] });
    let row = { status: '' };
    while (row.status !== 'success') {
      [row] = (await client.ask([getResponse(task.taskUUID)])).data;
    }
    expect(row).toMatchObject({ videoURL: expect.stringContaining('/files/') });
    const dry = await connect(`${mock.url}?sdk=js&dryRun=1`);
    await dry.enter();
    expect(await dry.ask([job({ inputs })])).toMatchObject({ data: [{ cost: 0.6 }] });
    expect(mock.tasks).toHaveLength(1);
  });

  test.each([
    ['a wrong key', [{ taskType: 'authentication', apiKey: 'wrong' }], 'invalidApiKey'],
    ['no authentication', [ping], 'missingApiKey'],
    ['no JSON', '{', 'invalidJSON'],
  ])('that begins with %s is answered, and closed', async (_, message, code) => {
    const { mock } = await start();
    const client = await connect(mock.url);
    const { errors } = await client.ask(message);
    expect(errors[0]).toMatchObject({ code });
    expect(await client.closed).toMatchObject({ code: 1008 });
  });

  test('goes on after a message that is no JSON, or no list', async () => {
    const { mock } = await start();
    const client = await connect(mock.url);
    await client.enter();
    expect(await client.ask('{')).toMatchObject({ errors: [{ code: 'invalidJSON' }] });
    expect(await client.ask({ taskType: 'ping' })).toMatchObject({ errors: [expect.anything()] });
    expect(await client.ask([ping])).toMatchObject({ data: [{ pong: true }] });
  });

  test('refuses a message of more values than are checked, as HTTP does', async () => {
    const { mock, post } = await start();
    const client = await connect(mock.url);
    await client.enter();
    const body = `[${'[],'.repeat(200_001)}[]]`;
    const { errors } = await client.ask(body);
    expect(errors).toEqual((await post(body)).body.errors);
    expect(errors).toMatchObject([{ code: 'maxBodySize' }]);
  });

  test('is not let in by an authentication that a fault has answered', async () => {
    const { mock } = await start();
    mock.faults.add({ on: 'any', kind: 'status', status: 503 });
    const client = await connect(mock.url);
    const answer = await client.ask([{ taskType: 'authentication', apiKey: 'key' }]);
    expect(answer).toEqual({ errors: [expect.objectContaining({ code: 'serviceUnavailable' })] });
    expect(await client.closed).toMatchObject({ code: 1008 });
  });

  test('is closed when nothing is said for too long', async () => {
    const { mock } = await start({ socketIdleMs: 300 });
    const client = await connect(mock.url);
    await client.enter();
    expect(await client.closed).toEqual({ code: 1008, reason: 'no message for too long' });
  });

  test('takes no message above the bound of a body', async () => {
    const { mock } = await start({ maxBodyBytes: 1_000 });
    const client = await connect(mock.url);
    await client.enter();
    client.send([{ ...ping, taskUUID: 'x'.repeat(2_000) }]);
    expect(await client.closed).toMatchObject({ code: 1009 });
  });

  test('ends when the server closes', async () => {
    const { mock } = await start();
    const client = await connect(mock.url);
    await client.enter();
    await mock.close();
    await client.closed;
  });

  test.each([
    ['from a page of another site', '/v1', { origin: 'https://example.com' }, 403],
    ['to a name of another machine', '/v1', { headers: { host: 'example.com' } }, 403],
    ['elsewhere than /v1', '/v2', {}, 404],
  ])('%s is refused', async (_, path, options, status) => {
    const { mock } = await start();
    const url = new URL(path, mock.url).href.replace('http', 'ws');
    const socket = new WebSocket(url, options);
    socket.on('error', () => undefined);
    const [, response] = await once(socket, 'unexpected-response');
    expect(response.statusCode).toBe(status);
  });
});

describe('a session', () => {
  test('replays the answer that a lost connection has kept from the client', async () => {
    const { mock, post } = await start();
    const task = job({ inputs: await storeSample(post) });
    const first = await connect(mock.url);
    const session = await first.enter();
    mock.faults.add({ on: 'submit', kind: 'drop-after-accept' });
    first.send([task]);
    await first.closed;
    const second = await connect(mock.url);
    expect(await second.enter(session)).toBe(session);
    expect(JSON.parse(await second.next())).toEqual({
      data: [{ taskType: 'videoInference', taskUUID: task.taskUUID }],
    });
    expect(mock.stats.charged).toBe(1);
  });

  test('gets an answer that is ready only after it was taken up again', async () => {
    const asked: ServerResponse[] = [];
    const host = createServer((_, response) => void asked.push(response)).listen(0, '127.0.0.1');
    onTestFinished(() => {
      host.closeAllConnections();
      host.close();
    });
    await once(host, 'listening');
    const { mock } = await start();
    const first = await connect(mock.url);
    const session = await first.enter();
    const { port } = host.address() as AddressInfo;
    first.send([upload(`http://127.0.0.1:${port}/clip.mp4`)]);
    await vi.waitFor(() => expect(asked).toHaveLength(1), { timeout: 280_000 });
    first.socket.terminate();
    await first.closed;
    const second = await connect(mock.url);
    expect(await second.enter(session)).toBe(session);
    for (const response of asked) response.end('clip');
    expect(JSON.parse(await second.next())).toMatchObject({ data: [{ operation: 'upload' }] });
  });

  test('of another key is not taken up', async () => {
    const { mock } = await start({ apiKeys: ['key', 'other'] });
    const first = await connect(mock.url);
    const session = await first.enter();
    const second = await connect(mock.url);
    const { data } = await second.ask([
      { taskType: 'authentication', apiKey: 'other', connectionSessionUUID: session },
    ]);
    expect(data[0].connectionSessionUUID).not.toBe(session);
  });
});

describe('a fault on a connection:', () => {
  test.each(['drop-before-accept', 'drop-after-accept'] as const)('%s ends it', async (kind) => {
    const { mock } = await start();
    const client = await connect(mock.url);
    await client.enter();
    mock.faults.add({ on: 'poll', kind });
    client.send([getResponse(randomUUID())]);
    expect(await client.closed).toMatchObject({ code: 1006 });
  });

  test('stall leaves one message without an answer', async () => {
    const { mock } = await start();
    const client = await connect(mock.url);
    await client.enter();
    mock.faults.add({ on: 'poll', kind: 'stall' });
    client.send([getResponse(randomUUID())]);
    expect(await client.ask([ping])).toMatchObject({ data: [{ pong: true }] });
  });

  test('a status is told by its error', async () => {
    const { mock } = await start();
    const client = await connect(mock.url);
    await client.enter();
    mock.faults.add({ on: 'poll', kind: 'status', status: 429 });
    const { errors } = await client.ask([getResponse(randomUUID())]);
    expect(errors).toMatchObject([{ code: 'rateLimitExceeded' }]);
  });

  test.each(['truncated-body', 'malformed-body'] as const)('%s is no JSON', async (kind) => {
    const { mock } = await start();
    const client = await connect(mock.url);
    await client.enter();
    mock.faults.add({ on: 'poll', kind });
    client.send([getResponse(randomUUID())]);
    const frame = await client.next();
    expect(() => JSON.parse(frame)).toThrow();
  });
});

test('what comes over a connection stands in the journal, without its key', async () => {
  const { mock } = await start({ apiKeys: ['secret-key-of-a-socket'] });
  const client = await connect(mock.url);
  const authentication = { taskType: 'authentication', apiKey: 'secret-key-of-a-socket' };
  await client.ask([authentication]);
  await client.ask([ping]);
  const journal = await (await fetch(new URL('/__mock/requests', mock.url))).text();
  expect(journal).toContain('"ping"');
  expect(journal).not.toContain('secret-key');
  expect(mock.stats.requests).toBe(2);
});
