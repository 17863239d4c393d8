import { join } from 'node:path';
import { expect } from 'vitest';
import { eventsOf, start, startOnTerminal, sync3 } from '../command.ts';
import { letJobsFinish, test } from '../slow-jobs.ts';
import { batchFolder, clips, postgresLedger, sortedLines, writeJsonl } from './batch-folder.ts';

const ctrlC = '\x03';

test('Ctrl-C leaves the jobs under way; the next run delivers them, and each is paid for once', async ({
  mock,
}) => {
  const { url } = mock;
  const folder = batchFolder();
  writeJsonl(folder, clips(3));
  const { charged } = mock.stats;
  const args = ['batch', 'run', 'clips.jsonl', '--concurrency', '2'];
  const { until, press, outcome } = startOnTerminal(args, { url, folder });
  await until(/Batch .* 0 of 3/);
  await expect.poll(() => mock.stats.charged).toBe(charged + 2);
  // Another process can look at the batch. A second worker is told why it must wait.
  const status = await sync3(['batch', 'status'], { folder });
  expect(status).toMatchObject({ code: 0, stderr: '' });
  expect(status.stdout).toMatch(/^submitted +2$/m);
  const second = await sync3(['batch', 'worker'], { url, folder });
  expect(second).toMatchObject({ code: 2, stdout: '' });
  expect(second.stderr).toMatch(/^sync3: .* is in use by process \d+ .*\nNext: Look at .*\n$/);
  press(ctrlC);
  const { code, output } = await outcome;
  expect(code).toBe(130);
  expect(output).toContain('Stopped. Jobs under way go on, and the next run takes them up.\r\n');
  expect(output).toMatch(/So far: 0 of 3 succeeded, 1 planned, 2 submitted,/);
  expect(output).toMatch(/\nNext: sync3 batch run\r\n$/);

  letJobsFinish();
  const rest = start(['batch', 'run'], { url, folder });
  await expect.poll(() => mock.stats.charged).toBe(charged + 3);
  letJobsFinish();
  const third = await rest.outcome;
  expect(third.code).toBe(0);
  expect(sortedLines(third.stdout)).toEqual(
    [1, 2, 3].map((number) => join('output', `clip-${number}.mp4`)),
  );
  expect(mock.stats.charged).toBe(charged + 3);
});

test.each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)(
  '%s stops in order without a terminal, too, and --json names what goes on',
  async (signal) => {
    const folder = batchFolder();
    const env = await postgresLedger();
    writeJsonl(folder, clips(1));
    // Nobody answers, so the run would go on for long.
    const url = 'http://127.0.0.1:9/v1';
    const args = ['batch', 'run', 'clips.jsonl', '--json', '--base-url', url];
    const { child, until, outcome } = start(args, { folder, env });
    await until(/"event":"batch"/);
    child.kill(signal);
    const { code, stdout, stderr } = await outcome;
    expect(code).toBe(130);
    expect(stderr).toMatch(/^Stopped\./);
    expect(eventsOf({ stdout }).at(-1)).toMatchObject({
      event: 'batch-result',
      ending: 'stopped',
      next: `sync3 batch run --base-url ${url}`,
    });
  },
);

test('Ctrl-C before the manifest is planned names the whole command again', async ({ mock }) => {
  const folder = batchFolder();
  writeJsonl(folder, clips(20_000));
  const args = ['batch', 'run', 'clips.jsonl', '--skip-invalid', '--rate', '2', '-o', 'a b'];
  const { child, until, outcome } = start(args, { url: mock.url, folder });
  await until(/Planning/);
  child.kill('SIGINT');
  const { code, stdout, stderr } = await outcome;
  expect({ code, stdout }).toEqual({ code: 130, stdout: '' });
  expect(stderr).toMatch(
    /Stopped\.\nNext: sync3 batch run clips\.jsonl --skip-invalid --rate 2 -o 'a b'\n$/,
  );
  expect(await sync3(['batch', 'status'], { folder })).toMatchObject({ code: 2 });
});

test('a second Ctrl-C ends at once; the ledger is free, and the next run goes on', async ({
  mock,
}) => {
  const { url } = mock;
  const folder = batchFolder();
  writeJsonl(folder, clips(1));
  const { charged } = mock.stats;
  const { child, outcome } = start(['batch', 'run', 'clips.jsonl'], { url, folder });
  await expect.poll(() => mock.stats.charged).toBe(charged + 1);
  // Both wait for it when it goes on, or it could end in order in between.
  for (const signal of ['SIGSTOP', 'SIGINT', 'SIGTERM', 'SIGCONT'] as const) child.kill(signal);
  const { code: codeOfStop, stderr } = await outcome;
  // Of two that wait, either may come first.
  expect([130, 143]).toContain(codeOfStop);
  expect(stderr).not.toContain('So far');
  letJobsFinish();
  const { code, stdout } = await sync3(['batch', 'run'], { url, folder });
  expect({ code, stdout }).toEqual({ code: 0, stdout: `${join('output', 'clip-1.mp4')}\n` });
  expect(mock.stats.charged).toBe(charged + 1);
});
