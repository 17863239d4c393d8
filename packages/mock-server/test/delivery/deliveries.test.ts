import { randomUUID } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, onTestFinished, test, vi } from 'vitest';
import { Deliveries } from '../../src/delivery/deliveries.ts';
import type { WebhookPayload } from '../../src/delivery/payload-form.ts';
import { FaultPlan } from '../../src/faults/fault-plan.ts';
import type { FinishedVideo, Job } from '../../src/jobs/job.ts';
import { Outbound } from '../../src/outbound.ts';
import { readProfile } from '../../src/profile/read-profile.ts';
import { createStats } from '../../src/stats.ts';
import { type Receiver, startReceiver } from './receiver.ts';
import { settledJob } from './settled-job.ts';

const failure = { code: 'timeoutProvider', message: 'The provider did not answer in time.' };
const bytes = Buffer.from('not really a video '.repeat(20_000));

let folder: string;
let video: FinishedVideo;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'deliveries-'));
  const path = join(folder, 'video.mp4');
  await writeFile(path, bytes);
  const file = {
    uuid: randomUUID(),
    name: 'video.mp4',
    path,
    mediaType: 'video/mp4',
    expiresAt: 0,
    isRenewedByUse: false,
  };
  video = { file, durationSeconds: 1, cost: 0.1, isFlagged: undefined };
});

afterAll(() => rm(folder, { recursive: true }));

async function receiver(...rest: Parameters<typeof startReceiver>): Promise<Receiver> {
  const started = await startReceiver(...rest);
  onTestFinished(started.close);
  return started;
}

function start(webhookPayload: WebhookPayload = 'flat') {
  const profile = readProfile({ webhookPayload });
  const stats = createStats();
  const faults = new FaultPlan();
  const urlOf = ({ name }: { name: string }) => `http://mock/files/${name}`;
  const outbound = new Outbound(false);
  const deliveries = new Deliveries({ outbound, profile, urlOf, faults, stats, now: Date.now });
  onTestFinished(() => deliveries.close());
  /** Delivers every result of a job, as if all had come to their end now. */
  const begin = (job: Job) => {
    for (const result of job.results) deliveries.begin(job, result);
  };
  return { deliveries, faults, stats, begin };
}

const events = ({ timeline }: Job) => timeline.map(({ event }) => event);

describe('a webhook', () => {
  test('is one POST of JSON for each result, and counts once', async () => {
    const { url, received } = await receiver();
    const { begin, stats } = start();
    const job = settledJob({ webhookURL: `${url}hook?token=1` }, [video, video]);
    begin(job);
    await expect.poll(() => stats.webhooks).toBe(2);
    expect(received).toMatchObject(
      Array(2).fill({
        method: 'POST',
        url: '/hook?token=1',
        headers: { 'content-type': 'application/json' },
      }),
    );
    expect(events(job).sort()).toEqual([
      ...Array(2).fill('webhook-attempt'),
      ...Array(2).fill('webhook-delivered'),
    ]);
  });

  test('carries the row of getResponse', async () => {
    const { url, received } = await receiver();
    const job = settledJob({ webhookURL: url }, [video]);
    const { taskUUID } = job;
    start().begin(job);
    await expect.poll(() => received).toHaveLength(1);
    expect(JSON.parse(`${received[0]?.body}`)).toEqual({
      taskType: 'videoInference',
      taskUUID,
      status: 'success',
      videoUUID: job.results[0]?.videoUUID,
      videoURL: 'http://mock/files/video.mp4',
      seed: 0,
    });
  });

  test('tells of a failure by a row with the status error', async () => {
    const { url, received } = await receiver();
    const job = settledJob({ webhookURL: url }, [failure]);
    start().begin(job);
    await expect.poll(() => received).toHaveLength(1);
    const { taskUUID } = job;
    const row = { taskType: 'videoInference', taskUUID, status: 'error', error: failure };
    expect(JSON.parse(`${received[0]?.body}`)).toEqual(row);
  });

  test('is wrapped in data or errors when the payload is enveloped', async () => {
    const { url, received } = await receiver();
    const job = settledJob({ webhookURL: url }, [video, failure]);
    const { taskUUID, results } = job;
    start('enveloped').begin(job);
    await expect.poll(() => received).toHaveLength(2);
    const bodies = received.map(({ body }) => JSON.parse(`${body}`));
    const { videoUUID } = results[0] ?? {};
    expect(bodies.find(({ data }) => data)).toMatchObject({ data: [{ taskUUID, videoUUID }] });
    const error = { ...failure, status: 'error', taskType: 'videoInference', taskUUID };
    expect(bodies.find(({ errors }) => errors)).toEqual({ errors: [error] });
  });

  test('is sent again until it is answered with 2xx, with the same body', async () => {
    const { url, received } = await receiver((response, count) => {
      response.writeHead([302, 500][count - 1] ?? 204, { location: '/elsewhere' }).end();
    });
    const { begin, stats } = start();
    const job = settledJob({ webhookURL: url }, [video]);
    begin(job);
    await expect.poll(() => stats.webhooks).toBe(1);
    expect(job.timeline).toMatchObject([
      { event: 'webhook-attempt', status: 302 },
      { event: 'webhook-attempt', status: 500 },
      { event: 'webhook-attempt', status: 204 },
      { event: 'webhook-delivered' },
    ]);
    expect(new Set(received.map(({ url: path, body }) => `${path} ${body}`)).size).toBe(1);
  });

  test('is sent again after a connection was lost', async () => {
    const { url } = await receiver((response, count) => {
      if (count === 1) response.destroy();
      else response.end();
    });
    const { begin, stats } = start();
    const job = settledJob({ webhookURL: url }, [video]);
    begin(job);
    await expect.poll(() => stats.webhooks).toBe(1);
    expect(job.timeline[0]).toMatchObject({
      event: 'webhook-attempt',
      message: expect.stringContaining('socket hang up'),
    });
  });

  test('that is not answered within 5 s is an attempt that failed', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    onTestFinished(() => void vi.useRealTimers());
    const { url, received } = await receiver(() => undefined);
    const job = settledJob({ webhookURL: url }, [video]);
    start().begin(job);
    await until(() => received.length === 1);
    vi.advanceTimersByTime(4_999);
    expect(events(job)).toEqual([]);
    vi.advanceTimersByTime(1);
    await until(() => job.timeline.length > 0);
    expect(job.timeline).toMatchObject([
      { event: 'webhook-attempt', message: 'it was not answered within 5000 ms' },
    ]);
  });

  test('leaves no timer behind when it is delivered', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    onTestFinished(() => void vi.useRealTimers());
    const { url } = await receiver();
    const { begin, stats } = start();
    begin(settledJob({ webhookURL: url }, [video]));
    await until(() => stats.webhooks === 1);
    expect(vi.getTimerCount()).toBe(0);
  });

  test('that is accepted with a body without an end is not sent again', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    onTestFinished(() => void vi.useRealTimers());
    const { url, received } = await receiver((response) => response.write('…'));
    const { begin, stats } = start();
    begin(settledJob({ webhookURL: url }, [video]));
    await until(() => received.length === 1);
    // The answer has to arrive before its time is over.
    await new Promise((resolve) => setImmediate(() => setImmediate(resolve)));
    vi.advanceTimersByTime(5_000);
    await until(() => stats.webhooks === 1);
    await vi.runAllTimersAsync();
    expect(received).toHaveLength(1);
  });

  test('to another host is refused, visibly, and not tried again', async () => {
    const { begin, stats } = start();
    const job = settledJob({ webhookURL: 'http://example.com/hook?token=secret' }, [video]);
    begin(job);
    const message = expect.stringContaining('example.com is not localhost');
    await expect.poll(() => job.timeline).toMatchObject([{ event: 'webhook-failed', message }]);
    expect(JSON.stringify(job.timeline)).not.toContain('secret');
    expect(job.results[0]?.outcome).toBe(video);
    expect(stats.webhooks).toBe(0);
  });
});

describe('a fault of webhooks', () => {
  const videoUUIDs = ({ received }: Receiver) =>
    received.map(({ body }) => JSON.parse(`${body}`).videoUUID);

  test('delivers one twice and counts it once', async () => {
    const to = await receiver();
    const { begin, faults, stats } = start();
    faults.add({ on: 'webhook', kind: 'duplicate-webhook' });
    const job = settledJob({ webhookURL: to.url }, [video, video]);
    begin(job);
    await expect.poll(() => to.received).toHaveLength(3);
    const [first, second] = job.results.map(({ videoUUID }) => videoUUID);
    expect(videoUUIDs(to).sort()).toEqual([first, first, second].sort());
    await expect
      .poll(() => events(job).filter((event) => event === 'webhook-delivered').length)
      .toBe(3);
    expect(stats.webhooks).toBe(2);
  });

  test('lets the next one overtake', async () => {
    const to = await receiver();
    const { begin, faults } = start();
    faults.add({ on: 'webhook', kind: 'reordered-webhooks' });
    const job = settledJob({ webhookURL: to.url }, [video, video]);
    begin(job);
    await expect.poll(() => to.received).toHaveLength(2);
    const [first, second] = job.results.map(({ videoUUID }) => videoUUID);
    expect(videoUUIDs(to)).toEqual([second, first]);
  });

  test('holds one back for 2 s when none overtakes it', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    onTestFinished(() => void vi.useRealTimers());
    const to = await receiver();
    const { begin, faults } = start();
    faults.add({ on: 'webhook', kind: 'reordered-webhooks' });
    begin(settledJob({ webhookURL: to.url }, [video]));
    expect(vi.getTimerCount()).toBe(1);
    await vi.advanceTimersByTimeAsync(2_000);
    await until(() => to.received.length === 1);
  });

  test('loses one, and the timeline says so', async () => {
    const to = await receiver();
    const { begin, faults, stats } = start();
    faults.add({ on: 'webhook', kind: 'lost-webhook' });
    const job = settledJob({ webhookURL: to.url }, [video, video]);
    begin(job);
    await expect.poll(() => stats.webhooks).toBe(1);
    expect(videoUUIDs(to)).toEqual([job.results[1]?.videoUUID]);
    expect(job.timeline).toMatchObject(
      expect.arrayContaining([
        expect.objectContaining({
          event: 'webhook-failed',
          videoUUID: job.results[0]?.videoUUID,
        }),
      ]),
    );
  });

  test('strikes no request, and a fault of requests strikes no webhook', () => {
    const faults = new FaultPlan();
    faults.add({ on: 'webhook', kind: 'lost-webhook' });
    faults.add({ on: 'any', kind: 'drop-before-accept' });
    expect(faults.take(['videoInference'])?.kind).toBe('drop-before-accept');
    expect(faults.take(['webhook'])).toBeUndefined();
    faults.add({ on: 'any', kind: 'drop-before-accept' });
    expect(faults.takeForWebhook()?.kind).toBe('lost-webhook');
    expect(faults.takeForWebhook()).toBeUndefined();
  });
});

describe('an upload', () => {
  test('is a PUT of the bytes with their type and length', async () => {
    const { url, received } = await receiver();
    const job = settledJob({ uploadEndpoint: `${url}video?signature=1` }, [video]);
    start().begin(job);
    await expect.poll(() => events(job)).toContain('upload-delivered');
    expect(received).toHaveLength(1);
    expect(received[0]).toMatchObject({
      method: 'PUT',
      url: '/video?signature=1',
      headers: { 'content-type': 'video/mp4', 'content-length': `${bytes.length}` },
    });
    expect(received[0]?.headers['transfer-encoding']).toBeUndefined();
    expect(received[0]?.body.equals(bytes)).toBe(true);
  });

  test('is sent again until it is answered with 2xx', async () => {
    const { url, received } = await receiver((response, count) => {
      response.writeHead(count === 1 ? 503 : 200).end();
    });
    const job = settledJob({ uploadEndpoint: url }, [video]);
    start().begin(job);
    await expect.poll(() => events(job)).toContain('upload-delivered');
    expect(received.map(({ body }) => body.equals(bytes))).toEqual([true, true]);
  });

  test('writes the one URL once for each result', async () => {
    const { url, received } = await receiver();
    const job = settledJob({ uploadEndpoint: `${url}video` }, [video, video]);
    start().begin(job);
    await expect.poll(() => received.map((request) => request.url)).toEqual(['/video', '/video']);
  });

  test('of a result that failed does not happen', async () => {
    const { url, received } = await receiver();
    const { begin, stats } = start();
    const job = settledJob({ uploadEndpoint: url, webhookURL: url }, [failure]);
    begin(job);
    await expect.poll(() => stats.webhooks).toBe(1);
    expect(received.map(({ method }) => method)).toEqual(['POST']);
    expect(events(job)).toEqual(['webhook-attempt', 'webhook-delivered']);
  });

  test('to another host is refused, visibly', async () => {
    const job = settledJob({ uploadEndpoint: 'https://example.com/video' }, [video]);
    start().begin(job);
    await expect.poll(() => events(job)).toEqual(['upload-failed']);
    expect(job.timeline[0]?.message).toContain('allowOutbound');
  });

  test('that is answered before its end is over', async () => {
    // Answers the head of a request, never reads its body and keeps the connection.
    const server = createServer((socket) => {
      socket.once('data', () => {
        socket.pause();
        socket.write('HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n');
      });
      socket.on('error', () => undefined);
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    onTestFinished(() => void server.close());
    const { port } = server.address() as { port: number };
    // More than the system takes in for a receiver that does not read.
    const path = join(folder, 'long.mp4');
    await writeFile(path, Buffer.alloc(2 ** 25));
    const long = { ...video, file: { ...video.file, path } };
    const job = settledJob({ uploadEndpoint: `http://127.0.0.1:${port}/` }, [long]);
    start().begin(job);
    await expect
      .poll(() => job.timeline[0])
      .toMatchObject({ event: 'upload-attempt', status: 403 });
  });
});

describe('close', () => {
  test('ends what waits for an answer, for another attempt and for being overtaken', async () => {
    const silent = await receiver(() => undefined);
    const refusing = await receiver((response) => response.writeHead(500).end());
    const { begin, deliveries, faults, stats } = start();
    faults.add({ on: 'webhook', kind: 'reordered-webhooks' });
    begin(settledJob({ webhookURL: silent.url }, [video]));
    const waiting = settledJob({ webhookURL: silent.url, uploadEndpoint: silent.url }, [video]);
    begin(waiting);
    const failing = settledJob({ webhookURL: refusing.url }, [video]);
    begin(failing);
    await expect
      .poll(() => silent.received.map(({ method }) => method))
      .toEqual(expect.arrayContaining(['POST', 'PUT']));
    await expect.poll(() => events(failing)).toContain('webhook-attempt');
    await deliveries.close();
    expect(events(waiting)).toEqual([]);
    expect(stats.webhooks).toBe(0);
  });

  test('sends nothing of what waits for its turn: 128 are under way at a time', async () => {
    const { url, received } = await receiver(() => undefined);
    const { begin, deliveries } = start();
    for (let count = 0; count < 300; count++) begin(settledJob({ webhookURL: url }, [failure]));
    await expect.poll(() => received.length).toBe(128);
    await deliveries.close();
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(received).toHaveLength(128);
  });

  test('lets no delivery begin afterwards', async () => {
    const { url, received } = await receiver();
    const { begin, deliveries, faults } = start();
    await deliveries.close();
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    onTestFinished(() => void vi.useRealTimers());
    faults.add({ on: 'webhook', kind: 'reordered-webhooks' });
    begin(settledJob({ webhookURL: url, uploadEndpoint: url }, [video]));
    expect(vi.getTimerCount()).toBe(0);
    for (let turn = 0; turn < 100; turn++) await new Promise((next) => setImmediate(next));
    expect(received).toEqual([]);
  });
});

/** Waits by turns of the event loop: the timers stand still. */
async function until(isSo: () => boolean): Promise<void> {
  while (!isSo()) await new Promise((resolve) => setImmediate(resolve));
}
