import { readFile, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeEach, describe, expect, test } from 'vitest';
import type { RenderJob } from '../../src/media/render-job.ts';
import type { Renderer } from '../../src/media/renderer.ts';
import { shareRenders } from '../../src/media/shared-renders.ts';
import { createTemporaryFolder } from './temporary-folder.ts';

let folder: string;
/** What was rendered, by its output path. */
let rendered: string[];
let failures: number;
let renderer: Renderer;

beforeEach(async () => {
  folder = await createTemporaryFolder();
  rendered = [];
  failures = 0;
  renderer = shareRenders({
    async render({ outputPath }) {
      rendered.push(outputPath);
      await new Promise((resolve) => setImmediate(resolve));
      if (failures-- > 0) throw new Error('It does not work.');
      await writeFile(outputPath, `render ${rendered.length}`);
      return { path: outputPath, durationSeconds: 3, sizeBytes: 8 };
    },
    close: async () => undefined,
  });
});

const job = (name: string, more: Partial<RenderJob> = {}): RenderJob => ({
  videoPath: 'video.mp4',
  voice: { kind: 'audio', path: 'voice.wav' },
  syncMode: 'cut_off',
  outputFormat: 'MP4',
  outputQuality: 95,
  outputPath: join(folder, name),
  ...more,
});

test('what is the same is rendered once, and each job has a file of its own', async () => {
  const jobs = ['a', 'b', 'c'].map((name) => job(name));
  const files = await Promise.all(jobs.map((each) => renderer.render(each)));
  expect(rendered).toHaveLength(1);
  expect(files).toEqual(
    jobs.map(({ outputPath }) => ({ path: outputPath, durationSeconds: 3, sizeBytes: 8 })),
  );
  await rm(join(folder, 'a'));
  expect(`${await readFile(join(folder, 'c'))}`).toBe('render 1');
});

test('files of the same contents are the same input', async () => {
  const fetched = (name: string, audio: string): RenderJob =>
    job(name, {
      videoPath: `${name}.mp4`,
      voice: { kind: 'audio', path: `${name}.wav` },
      contents: { [`${name}.mp4`]: 'the talk', [`${name}.wav`]: audio },
    });
  await renderer.render(fetched('a', 'the line'));
  await renderer.render(fetched('b', 'the line'));
  expect(rendered).toHaveLength(1);
  await renderer.render(fetched('c', 'another line'));
  expect(rendered).toHaveLength(2);
});

test('what is the same is copied where the file system has no links', async () => {
  await renderer.render(job('a'));
  // A name that is taken refuses a link, as such a file system does.
  await writeFile(join(folder, 'b'), 'in the way');
  await renderer.render(job('b'));
  expect(rendered).toHaveLength(1);
  expect(`${await readFile(join(folder, 'b'))}`).toBe('render 1');
});

test.each<[string, Partial<RenderJob>]>([
  ['video', { videoPath: 'another.mp4' }],
  ['voice', { voice: { kind: 'speech', text: 'Hello.', voice: 'auto' } }],
  ['sync mode', { syncMode: 'bounce' }],
  ['format', { outputFormat: 'MOV' }],
  ['quality', { outputQuality: 94 }],
])('another %s is another render', async (_, more) => {
  await renderer.render(job('a'));
  await renderer.render(job('b', more));
  expect(rendered).toHaveLength(2);
});

test('a file has 40 names at most; then it is copied, not rendered again', async () => {
  const names = Array.from({ length: 100 }, (_, index) => `${index}`);
  await Promise.all(names.map((name) => renderer.render(job(name))));
  expect(rendered).toHaveLength(1);
  const links = await Promise.all(names.map((name) => stat(join(folder, name))));
  expect(links.map(({ nlink }) => nlink).sort()).toEqual([
    ...Array(20).fill(20),
    ...Array(80).fill(40),
  ]);
});

describe('it is rendered again', () => {
  test('after it failed, for all who waited for it', async () => {
    failures = 1;
    const both = await Promise.allSettled([renderer.render(job('a')), renderer.render(job('b'))]);
    expect(both.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    await renderer.render(job('c'));
    expect(rendered).toHaveLength(2);
  });

  test('once when its file is gone', async () => {
    await renderer.render(job('a'));
    await rm(join(folder, 'a'));
    await Promise.all([renderer.render(job('b')), renderer.render(job('c'))]);
    expect(rendered).toHaveLength(2);
    expect(`${await readFile(join(folder, 'c'))}`).toBe('render 2');
  });

  test('when the file that had enough names is gone', async () => {
    const names = Array.from({ length: 40 }, (_, index) => `${index}`);
    for (const name of names) await renderer.render(job(name));
    await rm(join(folder, '0'));
    await renderer.render(job('a'));
    expect(rendered).toHaveLength(2);
  });

  test('for a job that can be aborted', async () => {
    const { signal } = new AbortController();
    await renderer.render(job('a', { signal }));
    await renderer.render(job('b', { signal }));
    expect(rendered).toHaveLength(2);
  });
});
