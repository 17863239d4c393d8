// A program that pays for jobs and may die at any moment: it writes down each taskUUID before it is
// sent, and each result when it has come. Started again, it goes on where it died.
import { closeSync, fsyncSync, openSync, writeSync } from 'node:fs';
import { ApiError, type LipsyncParams, Sync3 } from '@sync3/sdk';
import { type CrashPlan, readLines } from './crash-plan.ts';
import { inParallel } from './in-parallel.ts';

const plan: CrashPlan = JSON.parse(process.argv[2] ?? '');
const { url, journal, deliveries, jobs, timeoutMs, death } = plan;
const recorded = new Map(readLines(journal).map(([name, taskUUID]) => [name, taskUUID]));
const delivered = new Set(readLines(deliveries).map(([name]) => name));

// Retries wait at random between nothing and a bound; here chance picks from the lowest tenth.
const { random } = Math;
Math.random = () => random() / 10;

const sync3 = new Sync3({
  apiKey: 'key',
  baseUrl: url,
  timeoutMs,
  maxRetries: 30,
  polling: { minIntervalMs: 50, maxIntervalMs: 200 },
  beforeSubmit({ taskUUID, task }) {
    const name = task.inputs.audio?.match(/([\w-]+)\.wav$/)?.[1];
    writeDurably(journal, `${name} ${taskUUID}\n`);
    if (death?.when === 'recorded' && death.name === name) die();
  },
});

await inParallel(jobs, 10, async (index) => {
  const name = `job-${index}`;
  if (delivered.has(name)) return;
  const taskUUID = recorded.get(name);
  const params: LipsyncParams = {
    inputs: {
      // Some jobs bring a file along.
      video: index % 10 === 0 ? new Blob([new Uint8Array(1_000_000)]) : 'https://example.com/v.mp4',
      audio: `https://example.com/${name}.wav`,
    },
    ...(taskUUID && { taskUUID }),
  };
  const onUpload = ({ sentBytes, totalBytes }: { sentBytes: number; totalBytes: number }) => {
    const isHalfway = sentBytes > totalBytes / 2;
    if (death?.when === 'uploading' && death.name === name && isHalfway) die();
  };
  const task = await sync3.lipsync.submit(params, { onUpload }).catch((error: unknown) => {
    if (!ApiError.is(error) || error.code !== 'conflictTaskUUID') throw error;
    return sync3.tasks.attach(String(error.taskUUID));
  });
  const { videos } = await task.wait();
  writeDurably(deliveries, `${name} ${videos[0]?.url}\n`);
});

function writeDurably(path: string, line: string): void {
  const handle = openSync(path, 'a');
  writeSync(handle, line);
  fsyncSync(handle);
  closeSync(handle);
}

function die(): never {
  process.kill(process.pid, 'SIGKILL');
  throw new Error('unreachable');
}
