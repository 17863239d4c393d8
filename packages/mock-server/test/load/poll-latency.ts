// Measures how long a poll takes while a long render is under way, against the bound of 50 ms that
// the project has set itself. `node test/load/poll-latency.ts`, after a build.

import { randomUUID } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { Agent, createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { model } from '@sync3/generated/constants';
import { makeLongClip } from '../media/long-clip.ts';
import { sampleMedia } from '../media/sample-media.ts';
import { ServerProcess } from '../robustness/server-process.ts';

/** Between the end of a poll and the beginning of the next, in ms. */
const pauseMs = 10;
const agent = new Agent({ keepAlive: true });

const folder = await mkdtemp(join(tmpdir(), 'sync3-latency-'));
await makeLongClip(join(folder, 'clip.mp4'), 12);
const files = createServer(({ url }, response) => {
  const path = url === '/clip.mp4' ? join(folder, 'clip.mp4') : sampleMedia.longLine;
  createReadStream(path).pipe(response);
}).listen(0, '127.0.0.1');
const origin = () => `http://127.0.0.1:${(files.address() as AddressInfo).port}`;
const server = await ServerProcess.start({ apiKeys: ['key'], jobDurationMs: 0 });

try {
  const unknown = randomUUID();
  const idle: number[] = [];
  for (let poll = 0; poll < 500; poll++) idle.push((await timedPoll(unknown)).ms);

  const taskUUID = randomUUID();
  const started = performance.now();
  await post([
    {
      taskType: 'videoInference',
      taskUUID,
      model,
      inputs: { video: `${origin()}/clip.mp4`, audio: `${origin()}/line.wav` },
      settings: { syncMode: 'remap' },
      outputFormat: 'WEBM',
    },
  ]);
  const rendering: number[] = [];
  let status = 'processing';
  while (status === 'processing') {
    const poll = await timedPoll(taskUUID);
    rendering.push(poll.ms);
    status = poll.status;
    await sleep(pauseMs);
  }
  const seconds = (performance.now() - started) / 1000;
  console.log(`Node ${process.version}, ${cpus().length} x ${cpus()[0]?.model.trim()}`);
  console.log(`60 s at 1280x720 to WEBM (VP9), remap: ${status} after ${seconds.toFixed(1)} s`);
  console.log(`before the render  ${describe(idle)}`);
  console.log(`during the render  ${describe(rendering)}`);
} finally {
  server.kill();
  files.close();
  agent.destroy();
  await rm(folder, { recursive: true });
}

async function timedPoll(taskUUID: string): Promise<{ ms: number; status: string }> {
  const started = performance.now();
  const { data } = await post([{ taskType: 'getResponse', taskUUID }]);
  return { ms: performance.now() - started, status: data[0]?.status ?? 'unknown' };
}

function post(tasks: object[]): Promise<{ data: { status?: string }[] }> {
  return new Promise((resolve, reject) => {
    const headers = { authorization: 'Bearer key' };
    const sent = request(server.url, { method: 'POST', agent, headers }, async (response) => {
      resolve(JSON.parse((await response.toArray()).join('')));
    });
    sent.on('error', reject).end(JSON.stringify(tasks));
  });
}

function describe(latencies: number[]): string {
  const sorted = latencies.toSorted((left, right) => left - right);
  const at = (share: number) =>
    `${(sorted[Math.ceil(share * sorted.length) - 1] ?? 0).toFixed(1)} ms`;
  return `${sorted.length} polls: p50 ${at(0.5)}, p99 ${at(0.99)}, max ${at(1)}`;
}
