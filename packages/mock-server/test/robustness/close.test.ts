import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, onTestFinished, test } from 'vitest';
import { sampleMedia } from '../media/sample-media.ts';

const script = fileURLToPath(new URL('start-and-close.js', import.meta.url));

/** Runs the script, which has to end by itself; it says when it has closed its server. */
async function run(...args: string[]): Promise<string> {
  const { stdout } = await promisify(execFile)(process.execPath, [script, ...args], {
    timeout: 240_000,
  });
  return stdout;
}

test('a process whose server is closed ends by itself', async () => {
  expect(await run('idle')).toBe('closed with 0 tasks\n');
});

test('so it does when a render is under way and others wait', async () => {
  const { clip, longLine } = sampleMedia;
  expect(await run('render', clip, longLine)).toBe('closed with 3 tasks\n');
});

test('so it does when a download, and requests of clients, are under way', async () => {
  const stalling = createServer((_, response) => {
    response.writeHead(200, { 'content-type': 'video/mp4' }).write('x');
  }).listen(0, '127.0.0.1');
  await once(stalling, 'listening');
  onTestFinished(() => {
    stalling.close();
    stalling.closeAllConnections();
  });
  const url = `http://127.0.0.1:${(stalling.address() as AddressInfo).port}/v.mp4`;
  expect(await run('download', url)).toBe('closed with 1 tasks\n');
});
