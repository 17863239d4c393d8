import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { inspectMedia, startMockServer } from '@sync3/mock-server';
import { expect, onTestFinished, test } from 'vitest';

const main = fileURLToPath(new URL('../src/main.ts', import.meta.url));
const breakDisk = new URL('../../../packages/batch/test/deliver/break-disk.ts', import.meta.url);
const hour = 3_600_000;

test('a paid result that cannot be saved is fetched by the command that was printed with the task', async () => {
  let passedMs = 0;
  const now = () => Date.now() + passedMs;
  // It stands in for Runware; its jobs take an hour.
  const mock = await startMockServer({ jobDurationMs: hour, retentionMs: 100 * hour, now });
  onTestFinished(() => mock.close());
  const folder = await mkdtemp(join(tmpdir(), 'sync3 live job '));
  onTestFinished(() => rm(folder, { recursive: true }));
  const full = `${folder}.full`;
  onTestFinished(() => rm(full, { force: true }));
  const start = (...args: string[]) => {
    const child = spawn(process.execPath, ['--import', breakDisk.href, main, ...args], {
      cwd: folder,
      env: {
        ...process.env,
        INIT_CWD: folder,
        RUNWARE_API_KEY: 'any-key',
        RUNWARE_BASE_URL: mock.url,
        SYNC3_DISK_FAULT: full,
      },
    });
    let output = '';
    const told = new Promise<void>((resolve) => {
      for (const stream of [child.stdout, child.stderr]) {
        stream.setEncoding('utf8').on('data', (text) => {
          output += text;
          if (output.includes('processing')) resolve();
        });
      }
    });
    const outcome = once(child, 'close').then(([code]) => ({ code, output }));
    return { told: Promise.race([told, outcome]), outcome };
  };

  const first = start('--live', '--output', 'my result.mp4');
  await first.told;
  await writeFile(full, 'ENOSPC');
  passedMs += hour;
  const { code, output } = await first.outcome;
  expect(code).toBe(1);
  const [{ taskUUID } = { taskUUID: '' }] = mock.tasks;
  const path = join(folder, 'my result.mp4');
  const command = `npm start -- --live --task ${taskUUID} --output "${path}"`;
  // With the task, before the wait, and again at the end.
  expect(output.split(command)).toHaveLength(3);
  expect(output.indexOf(taskUUID)).toBeLessThan(output.indexOf('processing'));
  expect(output).toContain(`Cannot write "${path}"`);
  expect(await readdir(folder)).toEqual([]);

  await rm(full);
  const second = await start('--live', '--task', taskUUID, '--output', path).outcome;
  expect(second).toMatchObject({ code: 0 });
  expect((await inspectMedia(path)).video).toBeDefined();
  expect(mock.stats).toMatchObject({ submits: 1 });
});
