import { access, constants, mkdir, stat } from 'node:fs/promises';
import { basename, dirname } from 'node:path';
import { inspectMedia, type MediaFacts, startMockServer } from '@sync3/mock-server';
import { Sync3, Sync3Error } from '@sync3/sdk';
import { file, saveVideo } from '@sync3/sdk/node';
import { type Arguments, help, readArguments } from './arguments.ts';
import { ProgressLine } from './progress-line.ts';

/** Exit codes: 0 success, 1 the job failed, 2 bad input. */
process.exitCode = await main(process.argv.slice(2));

async function main(args: string[]): Promise<number> {
  let wanted: Arguments | undefined;
  let inputs: { video: Blob; audio: Blob };
  try {
    wanted = readArguments(args);
    if (!wanted) {
      process.stdout.write(help);
      return 0;
    }
    inputs = { video: file(wanted.video), audio: file(wanted.audio) };
    await assertPlayable(wanted.video, 'video');
    await assertPlayable(wanted.audio, 'audio');
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
  { video, audio, output, live }: Arguments,
  inputs: { video: Blob; audio: Blob },
): Promise<void> {
  const mock = live ? undefined : await startMockServer({ apiKeys: ['first-job'] });
  let requests = 0;
  const sync3 = new Sync3({
    ...(mock && { baseUrl: mock.url, apiKey: 'first-job' }),
    hooks: { onRequest: () => requests++ },
  });
  const progress = new ProgressLine(process.stdout);
  const interruption = new AbortController();
  const interrupt = () => interruption.abort();
  process.once('SIGINT', interrupt).once('SIGTERM', interrupt);
  try {
    console.log(
      `Lip-syncing ${basename(video)} to ${basename(audio)} on ${mock?.url ?? 'Runware'}`,
    );
    const startedAt = Date.now();
    const { videos, taskUUID } = await sync3.lipsync.run(
      { inputs, settings: { syncMode: 'cut_off' }, includeCost: true },
      {
        signal: interruption.signal,
        onUpload: ({ sentBytes, totalBytes }) =>
          progress.show(`Uploading ${Math.round((sentBytes / totalBytes) * 100)} %`),
        onUpdate: ({ status }) =>
          progress.show(`${status}, ${((Date.now() - startedAt) / 1000).toFixed(1)} s`),
      },
    );
    const [result] = videos;
    if (!result) throw new Sync3Error('The job gave no video.', { taskUUID });
    await saveVideo(result, output, {
      signal: interruption.signal,
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
