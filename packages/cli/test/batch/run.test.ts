import { randomUUID } from 'node:crypto';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { openDatabase } from '@sync3/batch';
import { inspectMedia, type MockServer } from '@sync3/mock-server';
import { createTest } from '@sync3/mock-server/vitest';
import { describe, expect } from 'vitest';
import { manifestExamples } from '../../dist/batch/manifest-in-words.js';
import { eventsOf, startOnTerminal, sync3 } from '../command.ts';
import {
  batchFolder,
  clips,
  inputs,
  postgresLedger,
  sortedLines,
  writeJsonl,
} from './batch-folder.ts';

const test = createTest({ jobDurationMs: 20 });
const run = ['batch', 'run', 'clips.jsonl'];

/** How often the jobs of a run were charged, by the events that `--json` printed. */
function chargesOf(mock: MockServer, outcome: { stdout: string }): number[] {
  const settled = eventsOf(outcome).filter(({ event }) => event === 'item');
  return settled.map(
    ({ taskUUID }) => mock.tasks.find((job) => job.taskUUID === taskUUID)?.charges ?? 0,
  );
}

describe('a run', () => {
  test('delivers each result and prints its path; a second run submits and delivers nothing', async ({
    mock,
  }) => {
    const { url } = mock;
    const folder = batchFolder();
    writeJsonl(folder, clips(3));
    const { uploads, submits } = mock.stats;
    const first = await sync3(run, { url, folder });
    expect(first.code).toBe(0);
    const files = [1, 2, 3].map((number) => join('output', `clip-${number}.mp4`));
    expect(sortedLines(first.stdout)).toEqual(files);
    expect(first.stderr).toContain('Planned: 3 new items\n');
    expect(first.stderr).toMatch(/Batch {2}100 %\nDone: 3 of 3 succeeded, 1\.80 USD\nReport: /);
    expect(first.stderr).not.toContain('\x1b');
    expect(await inspectMedia(join(folder, files[0] ?? ''))).toMatchObject({ video: {} });
    expect(mock.stats).toMatchObject({ uploads: uploads + 2, submits: submits + 3 });

    const second = await sync3(run, { url, folder });
    expect(second).toMatchObject({ code: 0, stdout: '' });
    expect(second.stderr).toContain('Planned: 0 new items, 3 planned before\n');
    expect(mock.stats).toMatchObject({ uploads: uploads + 2, submits: submits + 3 });
    expect(readFileSync(join(folder, 'output', 'report.html'), 'utf8')).toContain('<html');
  });

  test('takes CSV, with folders in the output and several results of an item', async ({ mock }) => {
    const folder = batchFolder();
    const env = await postgresLedger();
    const rows = [
      'key,output,inputs.video,inputs.audio,speech.text,numberResults',
      `${randomUUID()},en/talk,talk.mp4,line.wav,,2`,
      `${randomUUID()},en/evening,talk.mp4,,"Good evening, all.",`,
    ];
    writeFileSync(join(folder, 'clips.csv'), rows.join('\r\n'));
    const { code, stdout } = await sync3(['batch', 'run', 'clips.csv', '-o', 'dubbed'], {
      url: mock.url,
      folder,
      env,
    });
    expect(code).toBe(0);
    expect(sortedLines(stdout)).toEqual(
      ['evening.mp4', 'talk.1of2.mp4', 'talk.2of2.mp4'].map((name) => join('dubbed', 'en', name)),
    );
    for (const path of sortedLines(stdout)) expect(existsSync(join(folder, path))).toBe(true);
  });

  test('with --json prints every event as an object a line, and nothing else', async ({ mock }) => {
    const folder = batchFolder();
    const items = clips(2);
    writeJsonl(folder, items);
    const outcome = await sync3([...run, '--json'], { url: mock.url, folder });
    expect(outcome).toMatchObject({ code: 0, stderr: '' });
    const events = eventsOf(outcome);
    const names = new Set(events.map(({ event }) => event));
    expect([...names].slice(0, 3)).toEqual(['ledger', 'planning', 'planned']);
    expect(names).toContain('batch');
    const settled = events.filter(({ event }) => event === 'item');
    expect(settled.map(({ key }) => key).sort()).toEqual(items.map(({ key }) => key).sort());
    expect(settled[0]).toMatchObject({ state: 'succeeded', cost: 0.6, error: null });
    expect(events.at(-1)).toMatchObject({
      event: 'batch-result',
      ending: 'complete',
      items: 2,
      states: { succeeded: 2, failed: 0 },
      cost: 1.2,
      report: join('output', 'report.html'),
    });
    expect(chargesOf(mock, outcome)).toEqual([1, 1]);
  });

  test('on a terminal shows one live line for the batch', async ({ mock }) => {
    const folder = batchFolder();
    const env = await postgresLedger();
    writeJsonl(folder, clips(2));
    const { code, output } = await startOnTerminal(run, { url: mock.url, folder, env }).outcome;
    expect(code).toBe(0);
    const live = output.split('\r\x1b[K').map((text) => text.trimEnd());
    const line = /^Batch {2}\[[#-]{20}\] {2}\d+ % {2}\d+ s {2}\d of 2 {2}\d\.\d\d USD/;
    expect(live.some((text) => line.test(text))).toBe(true);
    expect(output).toMatch(/Done: 2 of 2 succeeded, 1\.20 USD\r\nReport: \S+\r\n$/);
  });

  test('with --mock needs no key and keeps a ledger of its own, whatever the environment says', async () => {
    const folder = batchFolder();
    writeJsonl(folder, clips(1));
    const env = {
      RUNWARE_API_KEY: undefined,
      SYNC3_DATABASE_URL: 'postgres://127.0.0.1:9/none',
    };
    const { code, stdout } = await sync3([...run, '--mock', '--quiet'], { folder, env });
    expect({ code, stdout }).toEqual({ code: 0, stdout: `${join('output', 'clip-1.mp4')}\n` });
    expect(existsSync(join(folder, '.sync3'))).toBe(false);
    // The next mock server knows nothing of the files that this one has stored.
    const items = clips(1).map((item) => ({ ...item, output: 'later' }));
    writeJsonl(folder, items);
    const later = await sync3([...run, '--mock', '--quiet'], { folder, env });
    expect(later).toMatchObject({ code: 0, stdout: `${join('output', 'later.mp4')}\n` });
  });

  test('makes the ledger where --database says', async ({ mock }) => {
    const folder = batchFolder();
    writeJsonl(folder, clips(1));
    const args = [...run, '--database', 'ledger', '--quiet'];
    expect(await sync3(args, { url: mock.url, folder })).toMatchObject({ code: 0, stderr: '' });
    expect(existsSync(join(folder, 'ledger', 'pglite'))).toBe(true);
  });

  test('downloads a result that is missing again, for free; not with --skip-check', async ({
    mock,
  }) => {
    const { url } = mock;
    const folder = batchFolder();
    const env = await postgresLedger();
    writeJsonl(folder, clips(1));
    expect(await sync3(run, { url, folder, env })).toMatchObject({ code: 0 });
    const path = join(folder, 'output', 'clip-1.mp4');
    rmSync(path);
    const { submits } = mock.stats;
    expect(await sync3([...run, '--skip-check'], { url, folder, env })).toMatchObject({ code: 0 });
    expect(existsSync(path)).toBe(false);
    const { code, stderr } = await sync3(['batch', 'run'], { url, folder, env });
    expect(code).toBe(0);
    expect(stderr).toContain('Downloaded again: 1 result');
    expect(existsSync(path)).toBe(true);
    expect(mock.stats.submits).toBe(submits);
  });
});

describe('lines that are wrong', () => {
  const faulty = () => {
    const [first, second, third] = clips(3);
    return [
      first,
      { ...second, inputs: { video: 'talk.mp4', audio: 'none.wav' } },
      { ...third, output: '../x' },
    ];
  };

  test('stop everything with 2, each with its place', async ({ mock }) => {
    const folder = batchFolder();
    writeJsonl(folder, faulty());
    const { submits } = mock.stats;
    const { code, stdout, stderr } = await sync3(run, { url: mock.url, folder });
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toMatch(/^clips\.jsonl:2 \/inputs\/audio .*none\.wav/m);
    expect(stderr).toMatch(/^clips\.jsonl:3 \/output .*leads out of the output folder/m);
    expect(stderr).toMatch(
      /\nsync3: 2 lines are wrong; nothing was planned\.\nNext: .*--skip-invalid\n$/,
    );
    expect(mock.stats.submits).toBe(submits);
    const status = await sync3(['batch', 'status'], { folder });
    expect(status).toMatchObject({ code: 2, stdout: '' });
  });

  test('are left out with --skip-invalid, and the exit code tells', async ({ mock }) => {
    const folder = batchFolder();
    const env = await postgresLedger();
    writeJsonl(folder, faulty());
    const args = [...run, '--skip-invalid', '--quiet'];
    const { code, stdout, stderr } = await sync3(args, { url: mock.url, folder, env });
    expect({ code, stdout }).toEqual({ code: 5, stdout: `${join('output', 'clip-1.mp4')}\n` });
    // What is wrong is no progress, so --quiet leaves it.
    expect(stderr.match(/^clips\.jsonl:\d /gm)).toEqual(['clips.jsonl:2 ', 'clips.jsonl:3 ']);
  });

  test('are events with --json', async ({ mock }) => {
    const folder = batchFolder();
    const env = await postgresLedger();
    writeJsonl(folder, faulty());
    const outcome = await sync3([...run, '--json'], { url: mock.url, folder, env });
    const events = eventsOf(outcome);
    expect(events.find(({ event }) => event === 'line')).toEqual({
      event: 'line',
      file: 'clips.jsonl',
      line: 2,
      pointer: '/inputs/audio',
      reason: expect.stringContaining('none.wav'),
      severity: 'error',
    });
    expect(events.at(-1)).toMatchObject({ event: 'error', exitCode: 2 });
  });

  test('are run where they are legal and probably wrong, which is told once', async ({ mock }) => {
    const folder = batchFolder();
    const env = await postgresLedger();
    writeJsonl(
      folder,
      clips(1).map((clip) => ({ ...clip, safety: { mode: 'fast' } })),
    );
    const { code, stderr } = await sync3(run, { url: mock.url, folder, env });
    expect(code).toBe(0);
    expect(stderr.match(/^Warning: .*$/gm)).toEqual([
      expect.stringMatching(/^Warning: clips\.jsonl:1 \/safety/),
    ]);
    expect(stderr).toContain('Planned: 1 new item, 1 warning\n');
  });

  test.each([
    ['.', 'is a directory'],
    ['none.jsonl', 'it does not exist'],
  ])('a manifest "%s" is 2', async (manifest, fault) => {
    const folder = batchFolder();
    const { code, stderr } = await sync3(['batch', 'run', manifest], { folder });
    expect(code).toBe(2);
    expect(stderr).toContain(fault);
  });
});

describe('money', () => {
  test('--estimate prints USD and submits nothing', async ({ mock }) => {
    const folder = batchFolder();
    writeJsonl(folder, clips(3));
    const { submits, charged } = mock.stats;
    const { code, stdout, stderr } = await sync3([...run, '--estimate'], { url: mock.url, folder });
    expect({ code, stdout }).toEqual({ code: 0, stdout: '1.80 USD\n' });
    expect(stderr).toContain('3 items, 0 without a price\n');
    expect(mock.stats).toMatchObject({ submits, charged });
    const { stdout: status } = await sync3(['batch', 'status', '--json'], { folder });
    expect(eventsOf({ stdout: status })).toMatchObject([{ event: 'error', exitCode: 2 }]);
  });

  test('a manifest that was changed before its submits is shown, agreed to with --yes or on a terminal', async ({
    mock,
  }) => {
    const { url } = mock;
    const folder = batchFolder();
    const env = await postgresLedger();
    const items = clips(3);
    writeJsonl(folder, items);
    await sync3([...run, '--plan-only'], { url, folder, env });
    const { submits } = mock.stats;
    const [first, second] = items;
    writeJsonl(folder, [first, { ...second, outputFormat: 'WEBM', output: 'other' }]);
    const refused = await sync3(run, { url, folder, env });
    expect(refused.code).toBe(2);
    expect(refused.stderr).toContain(
      `"clips.jsonl" changes the batch: 0 added, 1 changed, 1 dropped\n  line 2, ${second?.key}: changed\n` +
        `  line 3, ${items[2]?.key}: dropped, its line is gone\n`,
    );
    expect(refused.stderr).toContain('Nothing was planned.');
    expect(refused.stderr).toContain('--yes');
    const priced = await sync3([...run, '--estimate', '--json'], { url, folder, env });
    expect(eventsOf(priced)).toMatchObject(
      expect.arrayContaining([
        expect.objectContaining({ event: 'difference', changed: 1, dropped: 1 }),
        expect.objectContaining({ event: 'batch-estimate', items: 2 }),
      ]),
    );
    expect(mock.stats.submits).toBe(submits);

    const terminal = startOnTerminal([...run, '--plan-only'], { url, folder, env });
    await terminal.until(/Make these changes\? \[y\/N\] /);
    terminal.press('n\r');
    expect((await terminal.outcome).code).toBe(2);
    const agreed = await sync3([...run, '--yes'], { url, folder, env });
    expect(agreed.code).toBe(0);
    expect(sortedLines(agreed.stdout)).toEqual([
      join('output', 'clip-1.mp4'),
      join('output', 'other.webm'),
    ]);
    expect(mock.stats.submits).toBe(submits + 2);
  });

  test('a file outside of the folder of the manifest needs --media-root', async ({ mock }) => {
    const { url } = mock;
    const [folder, elsewhere] = [batchFolder(), batchFolder()];
    const env = await postgresLedger();
    writeJsonl(folder, [{ inputs: { video: join(elsewhere, 'talk.mp4'), audio: 'line.wav' } }]);
    const refused = await sync3([...run, '--estimate'], { url, folder, env });
    expect(refused.code).toBe(2);
    expect(refused.stderr).toContain('lies outside of the folder of the manifest');
    const allowed = [...run, '--estimate', '--media-root', elsewhere];
    expect(await sync3(allowed, { url, folder, env })).toMatchObject({ code: 0 });
  });

  test('--max-cost ends the run before it is passed, and says what raises it', async ({ mock }) => {
    const { url } = mock;
    const folder = batchFolder();
    const env = await postgresLedger();
    writeJsonl(folder, clips(3));
    const first = await sync3([...run, '--max-cost', '1.3'], { url, folder, env });
    expect(first.code).toBe(5);
    expect(sortedLines(first.stdout)).toHaveLength(2);
    expect(first.stderr).toMatch(
      /--max-cost allows: 2 of 3 succeeded, 1 planned, 1\.20 USD\n.*\nNext: sync3 batch run --max-cost <USD>\n$/,
    );
    const second = await sync3(['batch', 'run', '--max-cost', '1.8'], { url, folder, env });
    expect(second).toMatchObject({ code: 0, stdout: `${join('output', 'clip-3.mp4')}\n` });
  });

  test('3 without a key; nothing is planned', async () => {
    const folder = batchFolder();
    writeJsonl(folder, clips(1));
    const { code, stderr } = await sync3(run, { folder, env: { RUNWARE_API_KEY: undefined } });
    expect(code).toBe(3);
    expect(stderr).toMatch(/^sync3: There is no API key\.\nNext: .*--mock\n$/);
    expect(existsSync(join(folder, '.sync3'))).toBe(false);
  });
});

describe('items that fail', () => {
  test('are told with their line and reason; --retry-failed makes new jobs of them', async ({
    mock,
  }) => {
    const { url } = mock;
    const folder = batchFolder();
    const env = await postgresLedger();
    writeJsonl(folder, clips(2));
    mock.faults.add({ on: 'submit', kind: 'failed-results', code: 'noFaceFound' });
    const first = await sync3([...run, '--concurrency', '1'], { url, folder, env });
    expect({ code: first.code, stdout: first.stdout }).toEqual({
      code: 5,
      stdout: `${join('output', 'clip-2.mp4')}\n`,
    });
    expect(first.stderr).toMatch(/^Failed: \S+ \(clips\.jsonl:1\): .* \(noFaceFound\)$/m);
    expect(first.stderr).toMatch(
      /Done: 1 of 2 succeeded, 1 failed.*\nNext: sync3 batch run --retry-failed\n$/s,
    );

    const again = await sync3([...run, '--skip-check'], { url, folder, env });
    expect(again).toMatchObject({ code: 5, stdout: '' });
    const retried = await sync3(['batch', 'run', '--retry-failed', '--json'], { url, folder, env });
    expect(retried.code).toBe(0);
    expect(eventsOf(retried)).toContainEqual({ event: 'retried', items: 1 });
    expect(chargesOf(mock, retried)).toEqual([1]);
  });

  test('are 1 when all have failed', async ({ mock }) => {
    const folder = batchFolder();
    const env = await postgresLedger();
    writeJsonl(folder, clips(1));
    mock.faults.add({ on: 'submit', kind: 'failed-results', code: 'noFaceFound' });
    const { code, stderr } = await sync3([...run, '--quiet'], { url: mock.url, folder, env });
    expect(code).toBe(1);
    expect(stderr).toMatch(/^Failed: .*\n$/);
  });
});

describe('a ledger that cannot be used', () => {
  test.each([
    ['run', 'There is no batch in ".sync3"'],
    ['worker', 'There is no batch in ".sync3"'],
    ['status', 'There is no batch in ".sync3"'],
    ['report', 'There is no batch in ".sync3"'],
  ])('batch %s makes no directory where there is none', async (command, fault) => {
    const folder = batchFolder();
    const { code, stderr } = await sync3(['batch', command], { folder });
    expect(code).toBe(2);
    expect(stderr).toContain(fault);
    expect(existsSync(join(folder, '.sync3'))).toBe(false);
  });

  test('a batch that nobody has planned is 2, and stays unknown', async () => {
    const folder = batchFolder();
    await (await openDatabase({ directory: join(folder, '.sync3') })).close();
    const args = ['batch', 'run', '--name', 'none', '--concurrency', '2', '--skip-check'];
    for (const words of [args, ['batch', 'report', '--name', 'none']]) {
      const { code, stderr } = await sync3(words, { folder });
      expect(code).toBe(2);
      expect(stderr).toContain('There is no batch "none"');
    }
  });

  test('4 when PostgreSQL does not answer; the password is nowhere', async () => {
    const secret = 'postgres://me:secret-word@127.0.0.1:9/clips';
    for (const surroundings of [
      { args: ['--debug'], env: { SYNC3_DATABASE_URL: secret } },
      { args: ['--json', '--debug', '--database-url', secret], env: {} },
    ]) {
      const args = ['batch', 'status', ...surroundings.args];
      const { code, stdout, stderr } = await sync3(args, { env: surroundings.env });
      expect(code).toBe(4);
      expect(stderr).toContain('127.0.0.1:9/clips');
      expect(stdout + stderr).not.toContain('secret-word');
    }
  });

  test('2 when its address is none; it is not repeated', async () => {
    const env = { SYNC3_DATABASE_URL: 'mysql://me:secret-word@host/clips' };
    const { code, stderr } = await sync3(['batch', 'status'], { env });
    expect(code).toBe(2);
    expect(stderr).toMatch(/^sync3: SYNC3_DATABASE_URL is no address/);
    expect(stderr).not.toContain('secret-word');
  });
});

test('worker, status and report work on a terminal too', async ({ mock }) => {
  const { url } = mock;
  const folder = batchFolder();
  const env = await postgresLedger();
  writeJsonl(folder, clips(2));
  expect(await sync3([...run, '--quiet'], { url, folder, env })).toMatchObject({ code: 0 });
  const onTerminal = (...args: string[]) => startOnTerminal(args, { url, folder, env }).outcome;
  const status = await onTerminal('batch', 'status');
  expect(status.code).toBe(0);
  expect(status.output).toMatch(/^items +2\r$/m);
  expect(status.output).toMatch(/^succeeded +2\r$/m);
  const report = await onTerminal('batch', 'report', '--report', 'now.html');
  expect(report).toEqual({ code: 0, output: 'now.html\r\n' });
  expect(existsSync(join(folder, 'now.html'))).toBe(true);
  const worker = await onTerminal('batch', 'worker');
  expect(worker.code).toBe(0);
  expect(worker.output).toContain('\r\x1b[K');
  expect(worker.output).toContain('Done: 2 of 2 succeeded, 1.20 USD\r\n');
});

test('the manifests of the documentation can be planned', async ({ mock }) => {
  const folder = batchFolder();
  const env = await postgresLedger();
  for (const [extension, lines] of Object.entries(manifestExamples)) {
    const file = `clips.${extension}`;
    writeFileSync(join(folder, file), lines.join('\n'));
    const args = ['batch', 'run', file, '--name', extension, '--estimate'];
    const { code, stdout, stderr } = await sync3(args, { url: mock.url, folder, env });
    expect({ code, stdout }).toEqual({ code: 0, stdout: '1.20 USD\n' });
    expect(stderr).toContain('Planning would give: 2 new items\n');
  }
});

test('a video that is no file of the batch stays, and its item fails unpaid', async ({ mock }) => {
  const folder = batchFolder();
  const env = await postgresLedger();
  writeJsonl(folder, [{ key: randomUUID(), output: 'talk', inputs }]);
  const { submits } = mock.stats;
  const args = [...run, '-o', '.'];
  const { code, stderr } = await sync3(args, { url: mock.url, folder, env });
  expect(code).toBe(1);
  expect(stderr).toMatch(/^Failed: .*exists and is no result of this item/m);
  expect(mock.stats.submits).toBe(submits);
});
