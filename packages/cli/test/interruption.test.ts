import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { inspectMedia } from '@sync3/mock-server';
import { expect } from 'vitest';
import {
  eventsOf,
  start,
  startOnTerminal,
  sync3,
  talk,
  temporaryFolder,
  uuidIn,
} from './command.ts';
import { letJobsFinish, test } from './slow-jobs.ts';

const ctrlC = '\x03';

test('Ctrl-C detaches from a job on a terminal; `sync3 wait` delivers it, and it is paid for once', async ({
  mock,
}) => {
  const { url } = mock;
  const folder = temporaryFolder();
  const args = ['run', ...talk, '-o', 'out.mp4'];
  const { until, press, outcome } = startOnTerminal(args, { url, folder });
  await until(/Rendering/);
  press(ctrlC);
  const { code, output } = await outcome;
  expect(code).toBe(130);
  const taskUUID = uuidIn(output);
  expect(output).toContain(`Detached. Task ${taskUUID} goes on, and is paid for.`);
  expect(output).toContain(`Next: sync3 wait ${taskUUID} -o out.mp4`);
  expect(readdirSync(folder)).toEqual([]);

  letJobsFinish();
  expect(await sync3(['wait', taskUUID, '-o', 'out.mp4'], { url, folder })).toMatchObject({
    code: 0,
    stdout: 'out.mp4\n',
  });
  expect((await inspectMedia(join(folder, 'out.mp4'))).video).toBeDefined();
  expect(mock.tasks.filter((job) => job.taskUUID === taskUUID)).toMatchObject([{ charges: 1 }]);
});

test('a second Ctrl-C exits at once', async () => {
  // The first one waits until the mock server has started, which it never has.
  const neverListen =
    'import { Server } from "node:net"; Server.prototype.listen = () => setInterval(() => {}, 60_000);';
  const env = { NODE_OPTIONS: `--import=data:text/javascript,${encodeURIComponent(neverListen)}` };
  const { until, press, outcome } = startOnTerminal(['run', '--mock', ...talk], { env });
  await until(/Starting/);
  const pressing = setInterval(() => press(ctrlC), 20);
  const { code, output } = await outcome;
  clearInterval(pressing);
  expect(code).toBe(130);
  expect(output).not.toContain('Stopped');
});

test('Ctrl-C while the request is awaited on stdin stops it', async ({ mock }) => {
  const { until, press, outcome } = startOnTerminal(['run', '--params', '-'], { url: mock.url });
  await until(/Reading/);
  press(ctrlC);
  const { code, output } = await outcome;
  expect(code).toBe(130);
  expect(output).toContain('Stopped. Nothing was submitted.');
});

test('every signal that ends a process detaches in order, without a terminal too', async ({
  mock,
}) => {
  const { url } = mock;
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    const args = ['run', ...talk, '--number-results', '2', '-o', 'a b.mp4', '--json'];
    const { child, until, outcome } = start(args, { url });
    await until(/"progress"/);
    child.kill(signal);
    const { code, stdout, stderr } = await outcome;
    expect({ signal, code }).toEqual({ signal, code: 130 });
    const taskUUID = uuidIn(stderr);
    const next = `sync3 wait ${taskUUID} --results 2 -o 'a b.mp4'`;
    expect(stderr).toContain(`Next: ${next}\n`);
    expect(eventsOf({ stdout }).at(-1)).toEqual({
      event: 'detached',
      taskUUID,
      isAccepted: true,
      next,
    });
  }
});

test('Ctrl-C while the submit has no answer says that the job may have been accepted', async ({
  mock,
}) => {
  mock.faults.add({ on: 'submit', kind: 'stall' });
  const { child, until, outcome } = start(['submit', ...talk], { url: mock.url });
  await until(/Task/);
  child.kill('SIGINT');
  const { code, stdout, stderr } = await outcome;
  expect({ code, stdout }).toEqual({ code: 130, stdout: '' });
  expect(stderr).toContain('it may have been accepted');
  expect(stderr).toContain(`Next: sync3 wait ${uuidIn(stderr)}`);
});

test('Ctrl-C in `sync3 wait` names the same command again', async ({ mock }) => {
  const { url } = mock;
  const taskUUID = (await sync3(['submit', ...talk], { url })).stdout.trim();
  const args = ['wait', taskUUID, '-o', 'out.mp4', '--force', '--base-url', url];
  const { child, until, outcome } = start(args);
  await until(/Rendering/);
  child.kill('SIGINT');
  const { code, stderr } = await outcome;
  expect(code).toBe(130);
  expect(stderr).toContain(`Next: sync3 wait ${taskUUID} -o out.mp4 --force --base-url ${url}`);
});

test('with --mock a job ends with its server, and nothing is said to go on', async () => {
  const { child, until, outcome } = start(['run', '--mock', ...talk]);
  await until(/Submitted/);
  child.kill('SIGINT');
  const { code, stderr } = await outcome;
  expect(code).toBe(130);
  expect(stderr).toMatch(/Stopped\. Task .* has ended with the mock server\.\n$/);
});

test('a file that appears while the job runs stays; the next step gets the result', async ({
  mock,
}) => {
  const { url } = mock;
  const folder = temporaryFolder();
  const { until, outcome } = start(['run', ...talk, '-o', 'out.mp4'], { url, folder });
  await until(/Rendering/);
  writeFileSync(join(folder, 'out.mp4'), 'mine');
  letJobsFinish();
  const { code, stderr } = await outcome;
  expect(code).toBe(6);
  expect(readFileSync(join(folder, 'out.mp4'), 'utf8')).toBe('mine');
  expect(readdirSync(folder)).toEqual(['out.mp4']);
  const [, next = ''] = /Next: Move it away .*, then: sync3 (.*)\n/.exec(stderr) ?? [];
  expect(await sync3([...next.split(' '), '--force'], { url, folder })).toMatchObject({ code: 0 });
  expect((await inspectMedia(join(folder, 'out.mp4'))).video).toBeDefined();
});
