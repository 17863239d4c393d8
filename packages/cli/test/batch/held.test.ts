import { join } from 'node:path';
import { createTest } from '@sync3/mock-server/vitest';
import { describe, expect } from 'vitest';
import { eventsOf, sync3 } from '../command.ts';
import { startRelay } from '../relay.ts';
import { batchFolder, clips, postgresLedger, sortedLines, writeJsonl } from './batch-folder.ts';

const test = createTest({ jobDurationMs: 20 });
const run = ['batch', 'run', 'clips.jsonl'];

/** A folder with a manifest of so many items. */
function planned(count: number): string {
  const folder = batchFolder();
  writeJsonl(folder, clips(count));
  return folder;
}

describe('a batch is held', () => {
  test('after --max-failures, with 5; the next run begins nothing until more are allowed', async ({
    mock,
  }) => {
    const { url } = mock;
    const folder = planned(4);
    const env = await postgresLedger();
    const { submits } = mock.stats;
    mock.faults.add({ on: 'submit', kind: 'failed-results', code: 'contentRejected', times: 9 });
    const args = [...run, '--concurrency', '1', '--max-failures', '2'];
    const { code, stdout, stderr } = await sync3(args, { url, folder, env });
    expect({ code, stdout }).toEqual({ code: 5, stdout: '' });
    expect(stderr).toMatch(/^Held \(failures\): 2 jobs in a row failed alike: /m);
    expect(stderr).toMatch(
      /^The batch is held: 0 of 4 succeeded, 2 planned, 2 failed, .*\n.*\nNext: sync3 batch run --max-failures <N>\n$/m,
    );
    expect(mock.stats.submits).toBe(submits + 2);

    const again = await sync3(['batch', 'run'], { url, folder, env });
    expect(again).toMatchObject({ code: 5, stdout: '' });
    expect(mock.stats.submits).toBe(submits + 2);

    mock.faults.clear();
    const more = await sync3(['batch', 'run', '--max-failures', '3'], { url, folder, env });
    expect(more.code).toBe(5);
    expect(sortedLines(more.stdout)).toHaveLength(2);
    expect(more.stderr).toMatch(/^Done: 2 of 4 succeeded, 2 failed, /m);
  });

  test('without credits, with 3; the next run goes on', async ({ mock }) => {
    const { url } = mock;
    const folder = planned(2);
    const env = await postgresLedger();
    mock.faults.add({ on: 'submit', kind: 'status', status: 402, times: 9 });
    const { code, stderr } = await sync3([...run, '-o', 'a b'], { url, folder, env });
    expect(code).toBe(3);
    expect(stderr).toMatch(/\nNext: Check .*balance.* Then: sync3 batch run -o 'a b'\n$/);
    const status = await sync3(['batch', 'status'], { folder, env });
    expect(status.stdout).toMatch(/^held {14}credits, .*\n {18}\S.*\nnext {14}sync3 batch run$/m);
    mock.faults.clear();
    const { charged } = mock.stats;
    const outcome = await sync3(['batch', 'run', '-o', 'a b', '--json'], { url, folder, env });
    expect(outcome.code).toBe(0);
    expect(mock.stats.charged).toBe(charged + 2);
  });

  test('by `batch pause`, with 5; the run names the command that lets it go on', async ({
    mock,
  }) => {
    const { url } = mock;
    const folder = planned(1);
    expect(await sync3([...run, '--plan-only'], { url, folder })).toMatchObject({ code: 0 });
    expect(await sync3(['batch', 'pause'], { folder })).toMatchObject({ code: 0 });
    const { submits } = mock.stats;
    const held = await sync3(['batch', 'run', '--json'], { url, folder });
    expect(held.code).toBe(5);
    const status = await sync3(['batch', 'status'], { folder });
    expect(status.stdout).toMatch(/^held {14}person, since \d{4}-.*\n {18}\S.*$/m);
    expect(status.stdout).toMatch(/^next {14}sync3 batch resume$/m);
    expect(eventsOf(held).at(-1)).toMatchObject({
      ...{ event: 'batch-result', ending: 'held', held: { reason: 'person' } },
      next: 'sync3 batch resume',
    });
    expect(mock.stats.submits).toBe(submits);
    expect(await sync3(['batch', 'resume'], { folder })).toMatchObject({ code: 0 });
    const [released] = eventsOf(await sync3(['batch', 'status', '--json'], { folder }));
    expect(released).toMatchObject({ event: 'batch-status', held: null });
    const { code, stdout } = await sync3(['batch', 'run'], { url, folder });
    expect({ code, stdout }).toEqual({ code: 0, stdout: `${join('output', 'clip-1.mp4')}\n` });
  });
});

test('a batch that stops after jobs were charged does not end with exit code 2', async ({
  mock,
}) => {
  const folder = planned(1);
  const env = await postgresLedger();
  const args = [...run, '--max-cost', '50'];
  expect(await sync3(args, { url: mock.url, folder, env })).toMatchObject({ code: 0 });
  writeJsonl(folder, clips(2).slice(1));
  const { url } = await startRelay(mock, ({ isDryRun }, answer) =>
    isDryRun ? { ...answer, text: answer.text.replaceAll('"cost"', '"price"') } : answer,
  );
  const { code, stderr } = await sync3([...args, '--yes'], { url, folder, env });
  expect(stderr).toContain('names no price');
  expect(code).toBe(5);
});
