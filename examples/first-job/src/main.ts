import { access, constants, mkdir, stat } from 'node:fs/promises';
import { basename, dirname } from 'node:path';
import { inspectMedia, type MediaFacts, startMockServer } from '@sync3/mock-server';
import { Sync3, Sync3Error, type Task, TaskFailedError } from '@sync3/sdk';
import { file, saveVideo } from '@sync3/sdk/node';
import { type Arguments, help, readArguments } from './arguments.ts';
import { ProgressLine } from './progress-line.ts';

/** Exit codes: 0 success, 1 the job failed or its result was not saved, 2 bad input, nothing charged. */
process.exitCode = await main(process.argv.slice(2));

async function main(args: string[]): Promise<number> {
  let wanted: Arguments | undefined;
  let inputs: { video: Blob; audio: Blob } | undefined;
  try {
    wanted = readArguments(args);
    if (!wanted) {
      process.stdout.write(help);
      return 0;
    }
    if (!wanted.task) {
      inputs = { video: file(wanted.video), audio: file(wanted.audio) };
      await assertPlayable(wanted.video, 'video');
      await assertPlayable(wanted.audio, 'audio');
    }
    await mkdir(dirname(wanted.output), { recursive: true });
    await assertWritable(wanted.output);
  } catch (error) {
    process.stderr.write(`${(error as Error).message}\n`);
    return 2;
  }
  try {
    await runJob(wanted, inputs);
    return 0;
  } catch (error) {
    if (!Sync3Error.is(error)) throw error;
    process.stderr.write(`${error.message}\n`);
    return 1;
  }
}

/** @throws {Error} saying which file cannot be used, and why. */
async function assertPlayable(path: string, track: 'video' | 'audio'): Promise<void> {
  const facts = await inspectMedia(path);
  if (!facts[track]) throw new Error(`Cannot use "${path}": it has no ${track} track.`);
}

/** @throws {Error} before any money is spent on a result that could not be kept. */
async function assertWritable(output: string): Promise<void> {
  await access(dirname(output), constants.W_OK);
  const stats = await stat(output).catch(() => undefined);
  if (stats && !stats.isFile()) throw new Error(`Cannot write "${output}": it is not a file.`);
}

async function runJob(
  { video, audio, output, live, task: earlier }: Arguments,
  inputs: { video: Blob; audio: Blob } | undefined,
): Promise<void> {
  const mock = live ? undefined : await startMockServer({ apiKeys: ['first-job'] });
  let requests = 0;
  const sync3 = new Sync3({
    ...(mock && { baseUrl: mock.url, apiKey: 'first-job' }),
    hooks: { onRequest: () => requests++ },
    beforeSubmit: ({ taskUUID }) => tellTask(taskUUID),
  });
  const progress = new ProgressLine(process.stdout);
  /** Says how a result that is paid for is fetched, whatever happens from here on. */
  let howToFetch = '';
  const tellTask = (taskUUID: string) => {
    progress.end();
    console.log(`Task ${taskUUID}`);
    if (!live) return;
    howToFetch = `To fetch its result later: npm start -- --live --task ${taskUUID} --output "${output}"`;
    console.log(howToFetch);
  };
  const interruption = new AbortController();
  const interrupt = () => interruption.abort();
  process.once('SIGINT', interrupt).once('SIGTERM', interrupt);
  try {
    const { signal } = interruption;
    let task: Task;
    if (inputs) {
      const to = `${basename(video)} to ${basename(audio)}`;
      console.log(`Lip-syncing ${to} on ${mock?.url ?? 'Runware'}`);
      task = await sync3.lipsync.submit(
        { inputs, settings: { syncMode: 'cut_off' }, includeCost: true },
        {
          signal,
          onUpload: ({ sentBytes, totalBytes }) =>
            progress.show(`Uploading ${Math.round((sentBytes / totalBytes) * 100)} %`),
        },
      );
    } else {
      task = sync3.tasks.attach(`${earlier}`);
      tellTask(task.taskUUID);
    }
    const { taskUUID } = task;
    const startedAt = Date.now();
    const { videos } = await task.wait({
      signal,
      onUpdate: ({ status }) =>
        progress.show(`${status}, ${((Date.now() - startedAt) / 1000).toFixed(1)} s`),
    });
    const [result] = videos;
    if (!result) throw new Sync3Error('The job gave no video.', { taskUUID });
    await saveVideo(result, output, {
      signal,
      onProgress: ({ receivedBytes }) => progress.show(`Downloading ${kilobytes(receivedBytes)}`),
    });
    progress.end();

    const facts = await inspectMedia(output);
    const rows = [
      ['File', output],
      ['Duration', `${facts.durationSeconds.toFixed(2)} s`],
      ['Video', describeVideo(facts)],
      ['Audio', describeAudio(facts)],
      ['Task', taskUUID],
      ['Requests', String(requests)],
      [
        'Cost',
        result.cost === undefined ? 'not told' : `${result.cost} USD${mock ? ' (mock)' : ''}`,
      ],
      ...(mock ? [['Violations', `${mock.stats.violations} of the API contract`]] : []),
    ];
    for (const [name = '', value] of rows) console.log(`${name.padEnd(12)}${value}`);
  } catch (error) {
    progress.end();
    if (howToFetch && !TaskFailedError.is(error)) console.error(howToFetch);
    throw error;
  } finally {
    process.off('SIGINT', interrupt).off('SIGTERM', interrupt);
    progress.end();
    await mock?.close();
  }
}

function kilobytes(bytes: number): string {
  return `${Math.round(bytes / 1000)} kB`;
}

function describeVideo({ video }: MediaFacts): string {
  if (!video) return 'none';
  return `${video.codec}, ${video.width}x${video.height}, ${video.frameCount} frames`;
}

function describeAudio({ audio }: MediaFacts): string {
  if (!audio) return 'none';
  return `${audio.codec}, ${audio.sampleRate} Hz, ${audio.durationSeconds.toFixed(2)} s`;
}
