import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { model } from '@sync3/generated/constants';
import { type MockServerOptions, startMockServer } from '@sync3/mock-server';
import { expect, onTestFinished, test, vi } from 'vitest';
import { damagedPicture, endlessContainer } from '../media/damaged-media.ts';
import { sampleMedia } from '../media/sample-media.ts';
import { sizes } from '../sizes.ts';
import { ServerProcess } from './server-process.ts';

/** A server in a process of its own, for what may be the end of it. */
async function startProcess(options: MockServerOptions = {}): Promise<ServerProcess> {
  const server = await ServerProcess.start({ jobDurationMs: 0, ...options }, 512);
  onTestFinished(() => server.kill());
  return server;
}

async function post(url: string, task: Record<string, unknown>, headers = {}) {
  const body = JSON.stringify([{ taskUUID: randomUUID(), ...task }]);
  const response = await fetch(url, {
    method: 'POST',
    headers: { authorization: 'Bearer key', ...headers },
    body,
  });
  // biome-ignore lint/suspicious/noExplicitAny: the test looks into it
  return (await response.json()) as any;
}

async function stored(url: string, bytes: Buffer): Promise<string> {
  const media = bytes.toString('base64');
  const { data } = await post(url, { taskType: 'mediaStorage', operation: 'upload', media });
  return data[0].mediaUUID;
}

const job = (video: string, audio: string, more: object = {}) => ({
  taskType: 'videoInference',
  taskUUID: randomUUID(),
  model,
  inputs: { video, audio },
  ...more,
});

/** The row, or the error, of a job when it has come to its end. */
async function finished(url: string, task: ReturnType<typeof job>) {
  await post(url, task);
  return vi.waitUntil(
    async () => {
      const { taskUUID } = task;
      const { data, errors } = await post(url, { taskType: 'getResponse', taskUUID });
      const answer = data[0] ?? errors[0];
      return answer.status !== 'processing' && answer;
    },
    { timeout: 280_000 },
  );
}

const media = async (url: string, damaged: Buffer) => ({
  damaged: await stored(url, damaged),
  clip: await stored(url, await readFile(sampleMedia.clip)),
  line: await stored(url, await readFile(sampleMedia.shortLine)),
});

test('a damaged picture fails its task with a clear error, and the server lives on', async () => {
  const { url } = await startProcess();
  const { damaged, clip, line } = await media(url, await damagedPicture());
  // Whether native work is under way when its decoder fails differs from one time to the next.
  for (const outputQuality of [80, 79, 78, 77]) {
    const row = await finished(url, job(damaged, line, { outputQuality }));
    expect(row).toMatchObject({
      status: 'error',
      code: 'processingFailed',
      message: expect.stringMatching(/picture of the video cannot be decoded/),
    });
  }
  expect(await finished(url, job(clip, line))).toMatchObject({ status: 'success' });
});

test('a container that is read for ever does not keep polls from being answered', async () => {
  const { url } = await startProcess();
  const { damaged, line } = await media(url, await endlessContainer());
  const dryRun = post(url, job(damaged, line), { 'x-runware-dry-run': '1' });
  // The server is killed before it gives up.
  dryRun.catch(() => undefined);
  for (let poll = 0; poll < sizes.pollsMeanwhile; poll++) {
    const taskUUID = randomUUID();
    expect(await post(url, { taskType: 'getResponse', taskUUID })).toEqual({ data: [] });
  }
});

test('nor does it where a balance asks for the price beforehand', async () => {
  const { url } = await startProcess({ balance: 100 });
  const { damaged, line } = await media(url, await endlessContainer());
  post(url, job(damaged, line)).catch(() => undefined);
  for (let poll = 0; poll < sizes.pollsMeanwhile; poll++) {
    const taskUUID = randomUUID();
    expect(await post(url, { taskType: 'getResponse', taskUUID })).toEqual({ data: [] });
  }
});

test('a server closes while such a container is read', async () => {
  const mock = await startMockServer({ jobDurationMs: 0 });
  const { damaged, clip, line } = await media(mock.url, await endlessContainer());
  // From here on the thread runs, and begins at once.
  await finished(mock.url, job(clip, line));
  await post(mock.url, job(damaged, line));
  for (let poll = 0; poll < sizes.pollsMeanwhile; poll++) {
    await post(mock.url, { taskType: 'getResponse', taskUUID: randomUUID() });
  }
  await mock.close();
});
