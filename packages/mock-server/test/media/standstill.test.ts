import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, onTestFinished, test, vi } from 'vitest';
import { createMediaReader, type MediaReader } from '../../src/media/media-reader.ts';
import type { SilenceBounds } from '../../src/media/media-thread.ts';
import type { RenderJob } from '../../src/media/render-job.ts';
import { createRenderer, type Renderer } from '../../src/media/renderer.ts';
import { endlessContainer } from './damaged-media.ts';
import { sampleMedia } from './sample-media.ts';
import { createTemporaryFolder } from './temporary-folder.ts';

const SILENT_WORKER = new URL('./silent-worker.js', import.meta.url);
const RENDER_WORKER = new URL('../../dist/media/render-worker.js', import.meta.url);
const INSPECT_WORKER = new URL('../../dist/media/inspect-worker.js', import.meta.url);

/** Bounds that a test can wait for; what must not pass them is far below. */
const BOUNDS: SilenceBounds = {
  reading: 2000,
  rendering: 2000,
  stopping: { reading: 500, rendering: 500 },
};

/** For threads that may take their time to start: a real one loads its codecs before it is heard. */
const PATIENT: SilenceBounds = { ...BOUNDS, rendering: 60_000 };

const damaged = {
  name: 'MediaError',
  role: 'input',
  message: expect.stringMatching(/An input is damaged: .* standstill/),
};

test.each([
  ['reading', PATIENT],
  ['rendering', BOUNDS],
])(
  'a job whose thread is silent while %s fails, and the next one gets a new thread',
  async (stage, bounds) => {
    const videoPath = `silent while ${stage}`;
    const outputPath = join(await createTemporaryFolder(), 'begun');
    const renderer = start(SILENT_WORKER, bounds);
    const before = await renderer.render(job({}));
    const [given, after] = await Promise.allSettled([
      renderer.render(job({ videoPath, outputPath })),
      renderer.render(job({})),
    ]);
    expect(before.durationSeconds).toBe(1);
    expect(given).toMatchObject({ status: 'rejected', reason: damaged });
    expect(after).toMatchObject({ status: 'fulfilled', value: { durationSeconds: 1 } });
  },
);

test('a job may take longer than the bound as long as it gets on', async () => {
  const renderer = start(SILENT_WORKER, BOUNDS);
  await expect(renderer.render(job({ videoPath: 'slow' }))).resolves.toMatchObject({
    durationSeconds: 1,
  });
});

test.each(['silent while reading', 'silent while rendering'])(
  'close ends a job whose thread is %s',
  async (videoPath) => {
    const renderer = createRenderer(SILENT_WORKER, {
      reading: 600_000,
      rendering: 600_000,
      stopping: BOUNDS.stopping,
    });
    const outputPath = join(await createTemporaryFolder(), 'begun');
    const rendered = renderer
      .render(job({ videoPath, outputPath }))
      .catch((reason: unknown) => reason);
    await vi.waitUntil(() => existsSync(outputPath), { timeout: 280_000 });
    await renderer.close();
    expect(await rendered).toMatchObject({ message: expect.stringMatching(/is closed/) });
  },
);

test('close parts with a thread that does not end', async () => {
  const renderer = createRenderer(SILENT_WORKER, PATIENT);
  await renderer.render(job({}));
  await renderer.close();
});

test('a container that is read for ever fails its job, and the next one is rendered', async () => {
  const folder = await createTemporaryFolder();
  const videoPath = await endlessFile(folder);
  const renderer = start(RENDER_WORKER, PATIENT);
  const outputPath = join(folder, 'out.mp4');
  await expect(renderer.render(job({ videoPath, outputPath }))).rejects.toMatchObject(damaged);
  await expect(
    renderer.render(job({ videoPath: sampleMedia.clip, outputPath })),
  ).resolves.toMatchObject({ path: outputPath });
});

test('a reader gives such a file up, and reads the next one', async () => {
  const path = await endlessFile(await createTemporaryFolder());
  const reader = startReader();
  const [given, after] = await Promise.allSettled([
    reader.inspect(path),
    reader.inspect(sampleMedia.clip),
  ]);
  expect(given).toMatchObject({ status: 'rejected', reason: damaged });
  expect(after).toMatchObject({ status: 'fulfilled', value: { container: 'MP4' } });
});

test('a reader that is closed reads no more', async () => {
  const path = await endlessFile(await createTemporaryFolder());
  const reader = startReader();
  await reader.inspect(sampleMedia.clip);
  const read = reader.inspect(path).catch((reason: unknown) => reason);
  // The thread runs already, and is at it at once.
  await new Promise((resolve) => setTimeout(resolve, 100));
  await reader.close();
  expect(await read).toMatchObject({ message: 'The reader is closed.' });
  await expect(reader.inspect(sampleMedia.clip)).rejects.toThrow('The reader is closed.');
});

async function endlessFile(folder: string): Promise<string> {
  const path = join(folder, 'endless.webm');
  await writeFile(path, await endlessContainer());
  return path;
}

function start(workerUrl: URL, bounds: SilenceBounds): Renderer {
  const renderer = createRenderer(workerUrl, bounds);
  onTestFinished(() => renderer.close());
  return renderer;
}

function startReader(): MediaReader {
  const reader = createMediaReader(INSPECT_WORKER, PATIENT);
  onTestFinished(() => reader.close());
  return reader;
}

function job(changes: Partial<RenderJob>): RenderJob {
  return {
    videoPath: 'good',
    voice: { kind: 'audio', path: sampleMedia.shortLine },
    syncMode: 'silence',
    outputFormat: 'MP4',
    outputQuality: 95,
    outputPath: 'unused',
    ...changes,
  };
}
