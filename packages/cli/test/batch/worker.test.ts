import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import { eventsOf, type Outcome, start, sync3 } from '../command.ts';
import { letJobsFinish, test } from '../slow-jobs.ts';
import { batchFolder, clips, postgresLedger, sortedLines, writeJsonl } from './batch-folder.ts';

test('workers share a batch in PostgreSQL; anybody looks on and writes the report', async ({
  mock,
}) => {
  const { url } = mock;
  const folder = batchFolder();
  writeJsonl(folder, clips(4));
  const env = await postgresLedger();
  const keyless = { folder, env: { ...env, RUNWARE_API_KEY: undefined } };
  const name = ['--name', 'shared'];
  const plan = ['batch', 'run', 'clips.jsonl', ...name, '--plan-only'];
  expect(await sync3(plan, { url, folder, env })).toMatchObject({ code: 0, stdout: '' });
  // The prices of items that are planned are kept.
  const estimate = ['batch', 'run', ...name, '--estimate'];
  expect(await sync3(estimate, { url, folder, env })).toMatchObject({ stdout: '2.40 USD\n' });

  const { charged } = mock.stats;
  const workers = [1, 2].map(() =>
    start(['batch', 'worker', ...name, '-o', 'dubbed', '--json'], { url, folder, env }),
  );
  await expect.poll(() => mock.stats.charged).toBe(charged + 4);
  // Which of them was first, nobody knows.
  const pids = workers.map(({ child }) => child.pid).sort();
  const inspect = () => sync3(['batch', 'status', ...name, '--json'], keyless);
  const pidsIn = (status: Outcome) =>
    eventsOf(status)
      .flatMap((event) => event['workers'] as { pid: number }[])
      .map(({ pid }) => pid)
      .sort();
  await expect.poll(async () => pidsIn(await inspect())).toEqual(pids);
  const status = await inspect();
  expect(status).toMatchObject({ code: 0, stderr: '' });
  expect(eventsOf(status)).toMatchObject([
    {
      event: 'batch-status',
      name: 'shared',
      items: 4,
      states: { planned: 0, succeeded: 0 },
      estimatedCost: 2.4,
    },
  ]);

  letJobsFinish();
  const outcomes = await Promise.all(workers.map(({ outcome }) => outcome));
  const events = outcomes.flatMap((outcome) => eventsOf(outcome));
  const files = events.flatMap((event) => (event['event'] === 'item' ? event['files'] : []));
  expect(files.sort()).toEqual([1, 2, 3, 4].map((i) => join('dubbed', `clip-${i}.mp4`)));
  for (const outcome of outcomes) {
    expect(outcome.code).toBe(0);
    expect(eventsOf(outcome).at(-1)).toMatchObject({ event: 'batch-result', ending: 'complete' });
  }
  expect(mock.stats.charged).toBe(charged + 4);
  expect(existsSync(join(folder, 'dubbed', 'report.html'))).toBe(false);

  const text = await sync3(['batch', 'status', ...name], keyless);
  expect(text.stdout).toMatch(
    /^batch +shared\nitems +4\n(.*\n)*succeeded +4\n(.*\n)*cost +2\.40 USD\n/,
  );
  const report = await sync3(['batch', 'report', ...name, '-o', 'dubbed'], keyless);
  const path = join('dubbed', 'report.html');
  expect(report).toMatchObject({ code: 0, stdout: `${path}\n` });
  expect(existsSync(join(folder, path))).toBe(true);
});

test('a worker that stays takes items that are planned later, until Ctrl-C', async ({ mock }) => {
  const { url } = mock;
  const folder = batchFolder();
  writeJsonl(folder, clips(1));
  const { SYNC3_DATABASE_URL } = await postgresLedger();
  const place = ['--database-url', SYNC3_DATABASE_URL];
  const staying = start(['batch', 'worker', '--stay', ...place], { url, folder });
  await staying.until(/Batch {2}0 %/);
  const plan = ['batch', 'run', 'clips.jsonl', '--plan-only', '--json', ...place];
  const { charged } = mock.stats;
  expect(await sync3(plan, { url, folder })).toMatchObject({ code: 0 });
  await expect.poll(() => mock.stats.charged).toBe(charged + 1);
  letJobsFinish();
  await staying.until(/clip-1\.mp4/);
  staying.child.kill('SIGINT');
  const { code, stdout, stderr } = await staying.outcome;
  expect(code).toBe(130);
  expect(sortedLines(stdout)).toEqual([join('output', 'clip-1.mp4')]);
  // The address may hold a password.
  expect(stderr).toMatch(/\nNext: sync3 batch worker --database-url …\n$/);
});
