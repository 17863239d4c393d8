import { mkdirSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { inspectMedia } from '@sync3/mock-server';
import { describe, expect } from 'vitest';
import { eventsOf, start, sync3, talk, temporaryFolder, uuidIn } from './command.ts';
import { letJobsFinish, test } from './slow-jobs.ts';

const breakDisk = new URL('../../batch/test/deliver/break-disk.ts', import.meta.url);

/** The disk of a command is full as long as there is a file. */
function diskOf(folder: string) {
  const flag = join(folder, 'full');
  return {
    env: { NODE_OPTIONS: `--import=${breakDisk}`, SYNC3_DISK_FAULT: flag },
    fill: () => writeFileSync(flag, 'ENOSPC'),
    free: () => rmSync(flag),
  };
}

describe('a result that cannot be saved after the job was charged', () => {
  test('ends with 6, names the file that was asked for, and the command that fetches it', async ({
    mock,
  }) => {
    const { url } = mock;
    const folder = temporaryFolder();
    const disk = diskOf(temporaryFolder());
    const { submits } = mock.stats;
    const args = ['run', ...talk, '-o', 'dubbed.mp4', '--json'];
    const { until, outcome } = start(args, { url, folder, env: disk.env });
    await until(/"submitted"/);
    disk.fill();
    letJobsFinish();
    const { code, stdout, stderr } = await outcome;
    expect(code).toBe(6);
    expect(stderr).toMatch(/^sync3: .*"dubbed\.mp4".*disk is full/);
    expect(stderr).not.toMatch(/\.(part|complete)/);
    const taskUUID = uuidIn(stdout);
    const next = `sync3 wait ${taskUUID} -o dubbed.mp4`;
    expect(eventsOf({ stdout }).at(-1)).toMatchObject({ exitCode: 6, taskUUID });
    expect(stderr).toContain(`${next}\n`);
    expect(readdirSync(folder)).toEqual([]);

    disk.free();
    const wait = next.split(' ').slice(1);
    expect(await sync3(wait, { url, folder, env: disk.env })).toMatchObject({ code: 0 });
    expect((await inspectMedia(join(folder, 'dubbed.mp4'))).video).toBeDefined();
    expect(mock.stats.submits).toBe(submits + 1);
  });

  test('leaves the other results of the job where they are, and the command fetches all', async ({
    mock,
  }) => {
    const { url } = mock;
    const folder = temporaryFolder();
    const args = ['run', ...talk, '--number-results', '2', '-o', 'out.mp4'];
    const { until, outcome } = start(args, { url, folder });
    await until(/Rendering/);
    writeFileSync(join(folder, 'out-2.mp4'), 'mine');
    letJobsFinish();
    const { code, stdout, stderr } = await outcome;
    expect({ code, stdout }).toEqual({ code: 6, stdout: 'out-1.mp4\n' });
    const [, next = ''] = /sync3 (wait .*)\n/.exec(stderr) ?? [];
    rmSync(join(folder, 'out-2.mp4'));
    expect(await sync3(next.split(' '), { url, folder })).toMatchObject({ code: 0 });
  });
});

describe('nothing is submitted, and the exit code is 2, where the result could not be saved', () => {
  test.for([
    ['', 'empty'],
    ['out.mp4/', 'that of a folder'],
    ['dangling', 'exists'],
    ['file/out.mp4', 'there is no folder'],
    [`${'x'.repeat(300)}.mp4`, 'too long'],
  ])('--output "%s"', async ([output, fault], { mock }) => {
    const folder = temporaryFolder();
    symlinkSync(join(folder, 'nowhere'), join(folder, 'dangling'));
    writeFileSync(join(folder, 'file'), '');
    const { requests } = mock.stats;
    const args = ['run', ...talk, `--output=${output}`];
    const { code, stdout, stderr } = await sync3(args, { url: mock.url, folder });
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toContain(fault);
    expect(mock.stats.requests).toBe(requests);
    expect(readdirSync(folder).sort()).toEqual(['dangling', 'file']);
  });

  test('--force does not replace a folder, nor a link to one', async ({ mock }) => {
    const folder = temporaryFolder();
    mkdirSync(join(folder, 'folder'));
    symlinkSync(join(folder, 'folder'), join(folder, 'link'));
    for (const output of ['folder', 'link']) {
      const args = ['run', ...talk, '--force', '-o', output];
      const { code, stderr } = await sync3(args, { url: mock.url, folder });
      expect(code).toBe(2);
      expect(stderr).toContain('it is not a file');
    }
  });

  test('a disk that is full already', async ({ mock }) => {
    const folder = temporaryFolder();
    const { env, fill } = diskOf(temporaryFolder());
    fill();
    const { requests } = mock.stats;
    const { code, stderr } = await sync3(['run', ...talk, '-o', 'out.mp4'], {
      url: mock.url,
      folder,
      env,
    });
    expect(code).toBe(2);
    expect(stderr).toMatch(/"out\.mp4".*disk is full/);
    expect(mock.stats.requests).toBe(requests);
    expect(readdirSync(folder)).toEqual([]);
  });
});

test('a fault of sync3 after the submit names the command that fetches the result, not --debug', async ({
  mock,
}) => {
  const folder = temporaryFolder();
  // What follows the acknowledgement of the API has a bug.
  const breaking = join(folder, 'break.mjs');
  writeFileSync(
    breaking,
    `import { stderr } from 'node:process';
    const { write } = stderr;
    stderr.write = function (text, ...rest) {
      if (\`\${text}\`.startsWith('Submitted')) throw new RangeError('A bug.');
      return write.call(this, text, ...rest);
    };`,
  );
  const { code, stderr } = await sync3(['run', ...talk], {
    url: mock.url,
    env: { NODE_OPTIONS: `--import=${pathToFileURL(breaking)}` },
  });
  expect(stderr).toMatch(/An unexpected error: A bug\./);
  expect(code).toBe(70);
  expect(stderr).toContain(`Next: sync3 wait ${uuidIn(stderr)}`);
});
