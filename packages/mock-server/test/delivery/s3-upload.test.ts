import { createHmac, randomUUID } from 'node:crypto';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { model } from '@sync3/generated/constants';
import { type Job, type MockServer, startMockServer } from '@sync3/mock-server';
import { AwsClient } from 'aws4fetch';
import S3rver from 's3rver';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';

/** What s3rver lets in. */
const keys = { accessKeyId: 'S3RVER', secretAccessKey: 'S3RVER' };
const bucket = 'results';
const s3 = new AwsClient({ ...keys, service: 's3', region: 'us-east-1', retries: 0 });

let folder: string;
let server: S3rver;
let origin: string;
let mock: MockServer;
let inputs: { video: string; audio: string };

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 's3-'));
  const configureBuckets = [{ name: bucket, configs: [] }];
  const options = { address: '127.0.0.1', port: 0, silent: true, directory: folder };
  server = new S3rver({ ...options, configureBuckets });
  origin = `http://127.0.0.1:${(await server.run()).port}`;
  mock = await startMockServer({ jobDurationMs: 0 });
  const [video, audio] = await Promise.all(['face.mp4', 'line-short.wav'].map(upload));
  inputs = { video: `${video}`, audio: `${audio}` };
});

afterAll(async () => {
  await mock?.close();
  await server?.close();
  await rm(folder, { recursive: true });
});

async function ask(task: object) {
  const response = await fetch(mock.url, {
    method: 'POST',
    headers: { authorization: 'Bearer key' },
    body: JSON.stringify([{ taskUUID: randomUUID(), ...task }]),
  });
  // biome-ignore lint/suspicious/noExplicitAny: the tests look into it
  return ((await response.json()) as any).data;
}

async function upload(name: string): Promise<string> {
  const file = await readFile(new URL(`../../../../examples/media/${name}`, import.meta.url));
  const media = file.toString('base64');
  const [{ mediaUUID }] = await ask({ taskType: 'mediaStorage', operation: 'upload', media });
  return mediaUUID;
}

/** Runs a job until its uploads have come to their end. */
async function run(task: object): Promise<Job> {
  const [{ taskUUID }] = await ask({ taskType: 'videoInference', model, inputs, ...task });
  const job = mock.tasks.find((candidate) => candidate.taskUUID === taskUUID);
  if (!job) throw new Error('The mock server does not know the job.');
  const isOver = ({ event }: { event: string }) => /^upload-(delivered|failed)$/.test(event);
  await vi.waitFor(() => expect(job.timeline.filter(isOver)).toHaveLength(job.results.length), {
    timeout: 280_000,
  });
  return job;
}

/** What the API serves as the video of a result. */
async function videoOf({ taskUUID }: Job, index = 0): Promise<Buffer> {
  const rows = await ask({ taskType: 'getResponse', taskUUID });
  const response = await fetch(rows[index].videoURL);
  return Buffer.from(await response.arrayBuffer());
}

async function stored(key: string) {
  const response = await s3.fetch(`${origin}/${bucket}/${key}`);
  const bytes = Buffer.from(await response.arrayBuffer());
  return { type: response.headers.get('content-type'), bytes };
}

async function presigned(key: string): Promise<string> {
  const url = `${origin}/${bucket}/${key}?X-Amz-Expires=300`;
  return (await s3.sign(url, { method: 'PUT', aws: { signQuery: true } })).url;
}

/**
 * Presigned as S3 did before version 4: the signature covers the media type too. It is the form that
 * s3rver checks in full; of version 4 it takes any signature.
 */
function presignedFor(mediaType: string, key: string): string {
  const expires = Math.floor(Date.now() / 1000) + 300;
  const signed = ['PUT', '', mediaType, expires, `/${bucket}/${key}`].join('\n');
  const signature = createHmac('sha1', keys.secretAccessKey).update(signed).digest('base64');
  const query = { AWSAccessKeyId: keys.accessKeyId, Expires: `${expires}`, Signature: signature };
  return `${origin}/${bucket}/${key}?${new URLSearchParams(query)}`;
}

test.each([
  ['MP4', 'video/mp4'],
  ['MOV', 'video/quicktime'],
  ['WEBM', 'video/webm'],
])('a finished %s is put to a presigned URL as %s', async (outputFormat, mediaType) => {
  const key = `jobs/${outputFormat}`;
  const job = await run({ outputFormat, uploadEndpoint: presignedFor(mediaType, key) });
  expect(job.timeline.map(({ event }) => event)).toContain('upload-delivered');
  expect(await stored(key)).toEqual({ type: mediaType, bytes: await videoOf(job) });
});

test('a URL presigned with version 4 is kept as it is', async () => {
  const job = await run({ uploadEndpoint: await presigned('a b/ü.mp4') });
  expect(job.timeline.map(({ event }) => event)).toContain('upload-delivered');
  const { bytes } = await stored('a b/ü.mp4');
  expect(bytes.equals(await videoOf(job))).toBe(true);
});

test('several results write the same object, and the API keeps them all', async () => {
  const job = await run({ numberResults: 2, uploadEndpoint: await presigned('one') });
  const delivered = job.timeline.filter(({ event }) => event === 'upload-delivered');
  expect(new Set(delivered.map(({ videoUUID }) => videoUUID)).size).toBe(2);
  expect((await stored('one')).bytes.equals(await videoOf(job, 1))).toBe(true);
});

test('a URL that the store refuses fails the upload, not the task', async () => {
  const url = presignedFor('video/quicktime', 'refused');
  const task = { taskType: 'videoInference', model, inputs, uploadEndpoint: url };
  const [{ taskUUID }] = await ask(task);
  const job = mock.tasks.find((candidate) => candidate.taskUUID === taskUUID);
  await vi.waitFor(
    () => {
      const attempt = job?.timeline.find(({ event }) => event === 'upload-attempt');
      // The store may hang up before it has read the file, so that nobody hears its 403.
      const { status, message } = { status: undefined, message: '', ...attempt };
      expect(status ?? message).toSatisfy(
        (outcome) => outcome === 403 || /EPIPE|ECONNRESET/.test(`${outcome}`),
      );
    },
    { timeout: 280_000 },
  );
  expect(job?.state).toBe('success');
});
