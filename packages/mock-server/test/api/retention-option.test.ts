import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { expect, onTestFinished, test } from 'vitest';
import { getResponse, job } from './start.js';

const cli = fileURLToPath(new URL('../../dist/cli.js', import.meta.url));

function start(...args: string[]) {
  const child = spawn(process.execPath, [cli, ...args]);
  onTestFinished(() => void child.kill('SIGKILL'));
  return child;
}

test('with --retention 0 the command forgets a job as soon as it has finished', async () => {
  const child = start('--port', '0', '--job-duration', '0', '--retention', '0');
  const [line] = await once(child.stdout, 'data');
  const url = /http:\S+/.exec(String(line))?.[0] ?? '';
  const post = async (task: object) => {
    const headers = { authorization: 'Bearer key' };
    const response = await fetch(url, { method: 'POST', headers, body: JSON.stringify([task]) });
    return response.json();
  };
  const task = job();
  expect(await post(task)).toMatchObject({ data: [{ taskUUID: task.taskUUID }] });
  await expect.poll(() => post(getResponse(task.taskUUID))).toEqual({ data: [] });
});

test('--retention takes a whole number of ms', async () => {
  const child = start('--retention', '1.5');
  const [text] = await once(child.stderr, 'data');
  expect(String(text)).toContain('--retention takes a whole number');
});
