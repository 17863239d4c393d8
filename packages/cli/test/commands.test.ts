import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { model } from '@sync3/generated/constants';
import { startMockServer } from '@sync3/mock-server';
import { test } from '@sync3/mock-server/vitest';
import { describe, expect } from 'vitest';
import {
  eventsOf,
  media,
  start,
  startOnTerminal,
  sync3,
  talk,
  temporaryFolder,
  uuidIn,
} from './command.ts';

const ctrlC = '\x03';
const unknown = 'b3d1f2a4-5c6e-4f70-8a91-b2c3d4e5f607';

describe('submit, wait and status', () => {
  test('the taskUUID that is printed is all it takes to get the result', async ({ mock }) => {
    const { url } = mock;
    const folder = temporaryFolder();
    const args = ['submit', ...talk, '--number-results', '2'];
    const { code, stdout, stderr } = await sync3(args, { url });
    expect(code).toBe(0);
    expect(stdout).toMatch(/^[\da-f-]{36}\n$/);
    const taskUUID = stdout.trim();
    expect(stderr).toContain(`Next: sync3 wait ${taskUUID} --results 2\n`);
    const wait = ['wait', taskUUID, '--results', '2', '-o', 'out.mp4'];
    expect(await sync3(wait, { url, folder })).toMatchObject({
      code: 0,
      stdout: 'out-1.mp4\nout-2.mp4\n',
    });
    const status = await sync3(['status', taskUUID, '--results', '2', '--json'], { url });
    expect(status.code).toBe(0);
    expect(eventsOf(status)).toMatchObject([
      { event: 'status', status: 'settled', ready: 2, failed: 0, pending: 0 },
      { event: 'video', taskUUID },
      { event: 'video', taskUUID },
    ]);
  });

  test('a submit with a key that was used names the job, and submits nothing', async ({ mock }) => {
    const { url } = mock;
    const args = ['submit', ...talk, '--idempotency-key', 'order-7'];
    const first = await sync3(args, { url });
    const second = await sync3(args, { url });
    expect(second).toMatchObject({ code: 0, stdout: first.stdout });
    expect(second.stderr).toContain('was submitted before');
  });

  test('the request comes from stdin, also as it goes over the wire', async ({ mock }) => {
    const { url } = mock;
    const { video, audio } = media;
    const taskUUID = 'c0ffee00-5c6e-4f70-8a91-b2c3d4e5f607';
    const task = { taskType: 'videoInference', model, taskUUID };
    const stdin = JSON.stringify([{ ...task, inputs: { video, audio } }]);
    const { code, stdout } = await sync3(['submit', '--params', '-'], { url, stdin });
    expect({ code, stdout }).toEqual({ code: 0, stdout: `${taskUUID}\n` });
    expect(mock.tasks.map((job) => job.taskUUID)).toContain(taskUUID);
  });

  test('a request of the wrong form is one line with what it must be', async () => {
    const url = 'http://127.0.0.1:9/v1';
    for (const stdin of ['7', '[]', '[{}, {}]', '{"inputs": 7}']) {
      const { code, stderr } = await sync3(['submit', '--params', '-', '--text', 'Hello'], {
        url,
        stdin,
      });
      expect(code).toBe(2);
      expect(stderr).toMatch(/^sync3: .*\nNext: .*\n$/);
    }
  });

  test('they work on a terminal', async ({ mock }) => {
    const { url } = mock;
    const submitted = await startOnTerminal(['submit', ...talk], { url }).outcome;
    expect(submitted.code).toBe(0);
    const taskUUID = uuidIn(submitted.output);
    const waited = await startOnTerminal(['wait', taskUUID], { url }).outcome;
    expect(waited).toMatchObject({ code: 0, output: expect.stringContaining('/files/') });
    const looked = await startOnTerminal(['status', taskUUID], { url }).outcome;
    expect(looked).toMatchObject({ code: 0, output: expect.stringMatching(/^settled\r\nhttp:/) });
  });

  test('one look: 0 while it goes on, 1 when it failed, 5 when some results did', async ({
    mock,
  }) => {
    const { url } = mock;
    const processing = await sync3(['status', unknown], { url });
    expect(processing).toMatchObject({ code: 0, stdout: 'processing\n' });
    for (const [results, code] of [
      [[0, 1], 1],
      [[0], 5],
    ] as const) {
      mock.faults.add({ on: 'submit', kind: 'failed-results', results: [...results] });
      const submit = ['submit', ...talk, '--number-results', '2'];
      const taskUUID = uuidIn((await sync3(submit, { url })).stdout);
      await sync3(['wait', taskUUID, '--results', '2'], { url });
      const looked = await sync3(['status', taskUUID, '--results', '2'], { url });
      expect(looked.code).toBe(code);
      expect(looked.stderr).toContain('(timeoutProvider)');
    }
  });

  test('what is no UUID is an error before anything is sent', async () => {
    for (const command of ['wait', 'status']) {
      const { code, stderr } = await sync3([command, 'x'], { url: 'http://127.0.0.1:9/v1' });
      expect(code).toBe(2);
      expect(stderr).toMatch(/^sync3: "x" is not a task UUID\.\nNext: .*\n$/);
    }
  });

  test('an unknown job is waited for until --timeout', async ({ mock }) => {
    const { code, stderr } = await sync3(['wait', unknown, '--timeout', '1'], { url: mock.url });
    expect(code).toBe(4);
    expect(stderr).toContain(`Next: sync3 wait ${unknown}\n`);
    // The server of --mock has ended, and nothing is left to wait for.
    const mocked = await sync3(['wait', unknown, '--timeout', '1', '--mock']);
    expect(mocked.code).toBe(4);
    expect(mocked.stderr).not.toContain('sync3 wait');
  });
});

describe('estimate', () => {
  test('prints USD, piped and on a terminal; nothing is submitted', async ({ mock }) => {
    const { url } = mock;
    const { charged } = mock.stats;
    const args = ['estimate', ...talk, '--number-results', '2'];
    expect(await sync3(args, { url })).toMatchObject({ code: 0, stdout: '1.20 USD\n' });
    const { output } = await startOnTerminal(args, { url }).outcome;
    expect(output.endsWith('1.20 USD\r\n')).toBe(true);
    const outcome = await sync3([...args, '--json', '--quiet'], { url });
    expect(eventsOf(outcome)).toEqual([{ event: 'estimate', cost: 1.2 }]);
    expect(mock.stats.charged).toBe(charged);
  });
});

describe('upload', () => {
  test('prints the mediaUUID, piped and on a terminal', async ({ mock }) => {
    const { url } = mock;
    const { code, stdout, stderr } = await sync3(['upload', media.video], { url });
    expect(code).toBe(0);
    expect(stdout).toMatch(/^[\da-f-]{36}\n$/);
    expect(stderr).toContain('Uploading  100 %\n');
    const { output } = await startOnTerminal(['upload', media.audio], { url }).outcome;
    expect(output).toContain('Uploading  [####################]  100 %');
    expect(output).toMatch(/[\da-f-]{36}\r\n$/);
  });

  test('an empty file and the UUID of a stored file are errors', async ({ mock }) => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, 'empty.mp4'), '');
    for (const [file, fault] of [
      ['empty.mp4', 'it is empty'],
      [unknown, 'stored already'],
    ] as const) {
      const { code, stderr } = await sync3(['upload', file], { url: mock.url, folder });
      expect(code).toBe(2);
      expect(stderr).toContain(fault);
    }
  });
});

describe('mock', () => {
  test('serves until it is told to stop; another command uses it', async () => {
    const { child, until, outcome } = start(['mock', '--port', '0', '--job-duration', '10']);
    const [url = ''] = await until(/http:\S+(?=\n)/);
    expect(await sync3(['run', ...talk], { url })).toMatchObject({ code: 0 });
    child.kill('SIGTERM');
    expect(await outcome).toMatchObject({ code: 0, stderr: '' });
  });

  test('ends with Ctrl-C on a terminal', async () => {
    const { until, press, outcome } = startOnTerminal(['mock', '--port', '0']);
    await until(/http:\/\/127\.0\.0\.1:\d+\/v1\r\n/);
    press(ctrlC);
    expect((await outcome).code).toBe(0);
  });

  test('a port that is in use and options without sense are one line and exit code 2', async () => {
    const other = await startMockServer();
    const { port } = new URL(other.url);
    for (const args of [
      ['--port', port],
      ['--port', '70000'],
      ['--chaos', '2'],
      ['--job-duration', '1.5'],
      ['--seed', 'x'],
      ['--webhook-payload', 'x'],
    ]) {
      const { code, stdout, stderr } = await sync3(['mock', ...args]);
      expect({ args, code, stdout }).toEqual({ args, code: 2, stdout: '' });
      expect(stderr).toMatch(/^sync3: .*\nNext: .*\n$/);
    }
    await other.close();
  });
});
