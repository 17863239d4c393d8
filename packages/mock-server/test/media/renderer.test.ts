import { execFile } from 'node:child_process';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { MediaError } from '../../dist/media/media-error.js';
import type { RenderJob } from '../../dist/media/render-job.js';
import { createRenderer, type Renderer } from '../../dist/media/renderer.js';
import { sampleMedia } from './sample-media.js';
import { createTemporaryFolder } from './temporary-folder.js';

const CRASHING_WORKER = new URL('./crashing-worker.js', import.meta.url);

describe('createRenderer', () => {
  test('renders jobs in the order they came in', async () => {
    const renderer = start();
    const folder = await createTemporaryFolder();
    const finished: string[] = [];
    await Promise.all(
      ['first', 'second', 'third'].map(async (name) => {
        const rendered = await renderer.render(job({ outputPath: join(folder, name) }));
        expect(rendered).toMatchObject({ path: join(folder, name), durationSeconds: 5 });
        finished.push(name);
      }),
    );
    expect(finished).toEqual(['first', 'second', 'third']);
    expect((await readdir(folder)).sort()).toEqual(['first', 'second', 'third']);
  });

  test('keeps a MediaError a MediaError and goes on with the next job', async () => {
    const renderer = start();
    const folder = await createTemporaryFolder();
    const outputPath = join(folder, 'out.mp4');
    const error = await renderer
      .render(job({ videoPath: sampleMedia.shortLine, outputPath }))
      .catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(MediaError);
    expect(error).toMatchObject({ name: 'MediaError', role: 'video' });
    await expect(renderer.render(job({ outputPath }))).resolves.toMatchObject({ path: outputPath });
  });

  test('rejects an aborted job with the reason and leaves nothing behind', async () => {
    const renderer = start();
    const folder = await createTemporaryFolder();
    const controller = new AbortController();
    const rendered = renderer.render(
      job({ outputPath: join(folder, 'out'), outputFormat: 'WEBM', signal: controller.signal }),
    );
    const reason = new Error('Nobody wants it any more.');
    const appeared = vi.waitUntil(async () => (await readdir(folder)).length > 0, {
      timeout: 280_000,
      interval: 5,
    });
    await appeared;
    controller.abort(reason);
    await expect(rendered).rejects.toBe(reason);
    expect(await readdir(folder)).toEqual([]);
  });

  test('rejects a waiting job at once when it is aborted', async () => {
    const renderer = start();
    const folder = await createTemporaryFolder();
    let isFirstDone = false;
    const first = renderer.render(job({ outputPath: join(folder, 'first') })).then(() => {
      isFirstDone = true;
    });
    const controller = new AbortController();
    const second = renderer.render(
      job({ outputPath: join(folder, 'second'), signal: controller.signal }),
    );
    controller.abort();
    await expect(second).rejects.toMatchObject({ name: 'AbortError' });
    expect(isFirstDone).toBe(false);
    await first;
    expect(await readdir(folder)).toEqual(['first']);
  });

  test('rejects a job whose signal is aborted already', async () => {
    const signal = AbortSignal.abort(new Error('Too late.'));
    await expect(start().render(job({ signal }))).rejects.toThrow('Too late.');
  });

  test('lets go of a signal when its job is done', async () => {
    const renderer = start(CRASHING_WORKER);
    const { signal } = new AbortController();
    const remove = vi.spyOn(signal, 'removeEventListener');
    const add = vi.spyOn(signal, 'addEventListener');
    await renderer.render(job({ signal }));
    expect(add).toHaveBeenCalled();
    expect(remove.mock.calls.map(([type]) => type)).toEqual(add.mock.calls.map(([type]) => type));
  });

  test.each([
    ['exit', /crashed \(exit code 3\).*submit this one again/],
    ['throw', /crashed \(Error: Something broke\.\)/],
  ])('fails only the job at hand when the thread dies (%s)', async (videoPath, message) => {
    const renderer = start(CRASHING_WORKER);
    const before = await renderer.render(job({}));
    const [crashed, after] = await Promise.allSettled([
      renderer.render(job({ videoPath })),
      renderer.render(job({})),
    ]);
    expect(before.durationSeconds).toBe(1);
    expect(crashed).toMatchObject({ reason: { message: expect.stringMatching(message) } });
    // A new thread has rendered nothing before.
    expect(after).toMatchObject({ value: { durationSeconds: 1 } });
  });

  test('close ends the job at hand and those that wait, and refuses new ones', async () => {
    const renderer = createRenderer();
    const folder = await createTemporaryFolder();
    const jobs = ['first', 'second'].map((name) =>
      renderer.render(job({ outputFormat: 'WEBM', outputPath: join(folder, name) })),
    );
    const settled = Promise.allSettled(jobs);
    await renderer.close();
    for (const result of await settled) {
      expect(result).toMatchObject({ reason: { message: expect.stringMatching(/is closed/) } });
    }
    await expect(renderer.render(job({}))).rejects.toThrow(/is closed/);
    expect(await readdir(folder)).toEqual([]);
  });

  test('close twice, or before the first job, does no harm', async () => {
    const renderer = createRenderer();
    await renderer.close();
    await renderer.close();
  });

  test('does not keep the process alive between jobs', async () => {
    const folder = await createTemporaryFolder();
    const renderer = new URL('../../dist/media/renderer.js', import.meta.url);
    const script = `
      import { createRenderer } from ${JSON.stringify(renderer)};
      await createRenderer().render(${JSON.stringify(job({ outputPath: join(folder, 'out') }))});
      console.log('rendered');
    `;
    const run = promisify(execFile)(process.execPath, ['--input-type=module', '-e', script]);
    expect((await run).stdout).toBe('rendered\n');
  });

  test('takes the thread of one that is closed, where threads are kept, and not one that died', async () => {
    const module = (name: string) =>
      JSON.stringify(new URL(`../../dist/media/${name}.js`, import.meta.url));
    const script = `
      import { keepWorkers } from ${module('kept-workers')};
      import { createRenderer } from ${module('renderer')};
      keepWorkers();
      for (const videoPath of ['one', 'two', 'exit', 'three']) {
        const renderer = createRenderer(new URL(${JSON.stringify(CRASHING_WORKER)}));
        const job = { ...${JSON.stringify(job({}))}, videoPath };
        const rendered = await renderer.render(job).catch(() => ({ durationSeconds: 'died' }));
        console.log(rendered.durationSeconds);
        await renderer.close();
      }
    `;
    const run = promisify(execFile)(process.execPath, ['--input-type=module', '-e', script]);
    // The thread tells how many jobs it has had.
    expect((await run).stdout).toBe('1\n2\ndied\n1\n');
  });
});

function start(workerUrl?: URL): Renderer {
  const renderer = createRenderer(workerUrl);
  onTestFinished(() => renderer.close());
  return renderer;
}

function job(changes: Partial<RenderJob>): RenderJob {
  return {
    videoPath: sampleMedia.clip,
    voice: { kind: 'audio', path: sampleMedia.shortLine },
    syncMode: 'silence',
    outputFormat: 'MP4',
    outputQuality: 95,
    outputPath: 'unused',
    ...changes,
  };
}
