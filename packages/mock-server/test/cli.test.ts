import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { type IncomingMessage, request } from 'node:http';
import { fileURLToPath } from 'node:url';
import { expect, onTestFinished, test } from 'vitest';

const cli = fileURLToPath(new URL('../dist/cli.js', import.meta.url));

function start(...args: string[]) {
  const child = spawn(process.execPath, [cli, ...args]);
  onTestFinished(() => void child.kill('SIGKILL'));
  return child;
}

async function finish(child: ChildProcess) {
  let output = '';
  child.stdout?.on('data', (chunk) => {
    output += chunk;
  });
  child.stderr?.on('data', (chunk) => {
    output += chunk;
  });
  const [code] = await once(child, 'close');
  return { code, output };
}

test('the command serves until it is told to stop, and then ends by itself', async () => {
  const child = start('--port', '0', '--api-key', 'key');
  const [line] = await once(child.stdout, 'data');
  const url = /http:\S+/.exec(String(line))?.[0] ?? '';
  const response = await fetch(url, { method: 'POST', body: '[]' });
  expect(response.status).toBe(401);
  child.kill('SIGTERM');
  expect(await finish(child)).toMatchObject({ code: 0 });
});

test('--help names every option', async () => {
  const { code, output } = await finish(start('--help'));
  expect(code).toBe(0);
  for (const option of [
    '--port',
    '--host',
    '--allowed-host',
    '--api-key',
    '--job-duration',
    '--seed',
    '--chaos',
    '--allow-outbound',
  ]) {
    expect(output).toContain(option);
  }
});

test('--host lets other names in, those of --allowed-host, and warns', async () => {
  const child = start('--port', '0', '--host', '0.0.0.0', '--allowed-host', 'mock');
  let warning = '';
  child.stderr?.on('data', (chunk) => {
    warning += chunk;
  });
  const [line] = await once(child.stdout, 'data');
  const { port } = new URL(/http:\S+/.exec(String(line))?.[0] ?? '');
  const statusFor = async (host: string) => {
    const sent = request({ port, path: '/v1', method: 'POST', headers: { host }, agent: false });
    sent.end('[]');
    const [response] = (await once(sent, 'response')) as [IncomingMessage];
    return response.resume().statusCode;
  };
  expect([await statusFor('mock'), await statusFor('other')]).toEqual([401, 403]);
  await expect.poll(() => warning).toMatch(/listens on 0\.0\.0\.0.*mock/);
});

test.each([
  ['--port', '70000'],
  ['--port', 'x'],
  ['--seed', '1.5'],
  ['--chaos', '1.5'],
  ['--chaos', 'x'],
  ['--none', '1'],
])('%s %s is one clear line and exit code 2', async (...args) => {
  const { code, output } = await finish(start(...args));
  expect(code).toBe(2);
  expect(output.trim().split('\n')).toHaveLength(1);
  expect(output).toContain(args[0]);
});
