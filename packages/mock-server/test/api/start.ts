import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { model } from '@sync3/generated/constants';
import { type MockServerOptions, startMockServer } from '@sync3/mock-server';
import { afterAll, expect, onTestFinished } from 'vitest';
import { sampleMedia } from '../media/sample-media.js';

/** An answer of the API. The tests look into bodies without knowing them. */
export interface Answer {
  status: number;
  headers: Headers;
  // biome-ignore lint/suspicious/noExplicitAny: see above
  body: any;
}

/** Posts tasks, or text, like curl would. */
export type Post = (body: unknown, headers?: Record<string, string>) => Promise<Answer>;

/** A server for one test, and a way to post to it with its key. Its jobs take no time. */
export async function start(options: MockServerOptions = {}) {
  const started = await open(options);
  onTestFinished(() => started.mock.close());
  return started;
}

/**
 * The same for all tests of a file or of a `describe`: for tests that leave each other alone. A
 * render that one of them has waited for is there for the next.
 */
export async function startShared(options: MockServerOptions = {}) {
  const started = await open(options);
  afterAll(() => started.mock.close());
  return started;
}

/** The same without an end. */
export async function open(options: MockServerOptions, startServer = startMockServer) {
  const mock = await startServer({ apiKeys: ['key'], jobDurationMs: 0, ...options });
  const post: Post = async (body, headers = {}) => {
    const response = await fetch(mock.url, {
      method: 'POST',
      headers: { authorization: 'Bearer key', 'content-type': 'application/json', ...headers },
      body: typeof body === 'string' ? body : JSON.stringify(body),
    });
    return { status: response.status, headers: response.headers, body: await response.json() };
  };
  return { mock, post };
}

/** A clock that only moves when a test moves it. */
export function createClock() {
  let time = Date.UTC(2026, 0, 1);
  return {
    now: () => time,
    advance(ms: number) {
      time += ms;
    },
  };
}

/** A valid job, whose media cannot be fetched: it fails by itself. */
export const job = (more: object = {}) => ({
  taskType: 'videoInference',
  taskUUID: randomUUID(),
  model,
  inputs: { video: 'https://example.com/v.mp4', audio: 'https://example.com/a.wav' },
  ...more,
});

export const getResponse = (taskUUID: string) => ({ taskType: 'getResponse', taskUUID });

export const getTaskDetails = (taskUUID: string) => ({ taskType: 'getTaskDetails', taskUUID });

export const upload = (media: unknown) => ({
  taskType: 'mediaStorage',
  taskUUID: randomUUID(),
  operation: 'upload',
  media,
});

/** Stores the sample clip (5 s) and a line, as inputs of jobs. */
export async function storeSample(post: Post): Promise<{ video: string; audio: string }> {
  const store = async (path: string, mediaType: string): Promise<string> => {
    const base64 = (await readFile(path)).toString('base64');
    const { body } = await post([upload(`data:${mediaType};base64,${base64}`)]);
    return body.data[0].mediaUUID;
  };
  return {
    video: await store(sampleMedia.clip, 'video/mp4'),
    audio: await store(sampleMedia.shortLine, 'audio/wav'),
  };
}

/** Waits until no result of a job is in progress, and gives the last answer. */
export async function settled(post: Post, taskUUID: string): Promise<Answer> {
  const poll = () => post([getResponse(taskUUID)]);
  await expect.poll(async () => JSON.stringify((await poll()).body)).not.toContain('"processing"');
  return poll();
}
