import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type MockServerOptions, startMockServer } from '@sync3/mock-server';
import { expect, onTestFinished, test } from 'vitest';
import { job, start, storeSample } from './start.js';

test.each([
  ['durations the wrong way round', { jobDurationMs: [400, 200] }],
  ['a duration that is text', { jobDurationMs: '300' }],
  ['a negative duration', { jobDurationMs: -5 }],
  ['a port that does not exist', { port: 70_000 }],
])('%s: the server does not start', async (_, wrong) => {
  await expect(startMockServer(wrong as MockServerOptions)).rejects.toThrow();
});

test('close ends a download that hangs', async () => {
  const stalling = createServer((_, response) => {
    response.writeHead(200, { 'content-type': 'video/mp4' });
    response.write('x');
  }).listen(0, '127.0.0.1');
  await once(stalling, 'listening');
  onTestFinished(() => void stalling.close());
  const mock = await startMockServer({ apiKeys: ['key'] });
  const video = `http://127.0.0.1:${(stalling.address() as AddressInfo).port}/v.mp4`;
  const asked = once(stalling, 'request');
  await fetch(mock.url, {
    method: 'POST',
    headers: { authorization: 'Bearer key' },
    body: JSON.stringify([job({ inputs: { video, audio: video } })]),
  });
  const [request] = await asked;
  request.socket.on('error', () => {});
  const ended = new Promise((resolve) => request.socket.on('close', resolve));
  await mock.close();
  await ended;
});

test('another address is answered 404 and names the right one', async () => {
  const { mock } = await start();
  const response = await fetch(`${mock.url}/tasks`);
  expect(response.status).toBe(404);
  expect(await response.text()).toContain('POST /v1');
});

test('the server listens on the loopback interface only', async () => {
  const { mock } = await start();
  expect(new URL(mock.url).hostname).toBe('127.0.0.1');
});

test('a port in use is an error', async () => {
  const { mock } = await start();
  const port = Number(new URL(mock.url).port);
  await expect(startMockServer({ port })).rejects.toThrow(/EADDRINUSE/);
});

test('close ends jobs that are being made, and leaves no error behind', async () => {
  const mock = await startMockServer({ apiKeys: ['key'], jobDurationMs: 0 });
  const post = async (body: unknown) => {
    const headers = { authorization: 'Bearer key' };
    const response = await fetch(mock.url, { method: 'POST', headers, body: JSON.stringify(body) });
    return { status: response.status, headers: response.headers, body: await response.json() };
  };
  const inputs = await storeSample(post);
  for (const outputFormat of ['MP4', 'WEBM', 'MOV']) {
    await post([job({ inputs, outputFormat, numberResults: 20 })]);
  }
  await mock.close();
  const counts = { ...mock.stats };
  expect(counts.resultsSucceeded + counts.resultsFailed).toBeLessThan(60);
  // Time for what should not come any more.
  await new Promise((resolve) => setTimeout(resolve, 20));
  expect(mock.stats).toEqual(counts);
});
