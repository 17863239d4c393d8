import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { createReadStream } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { startMockServer } from '@sync3/mock-server';
import { expect, onTestFinished, test } from 'vitest';
import { decodeMedia } from './media/decoded-media.ts';
import { sampleMedia } from './media/sample-media.ts';
import { correlation } from './media/sound-comparison.ts';
import { createTemporaryFolder } from './media/temporary-folder.ts';

const run = promisify(execFile);
const readme = await readFile(new URL('../README.md', import.meta.url), 'utf8');

test('the commands of the README submit, poll and download with curl', async () => {
  await run('curl', ['--version']).catch((cause) => {
    throw new Error('This test needs curl. Install it, and run the test again.', { cause });
  });
  const [, commands = ''] = /^## With curl\n.*?```sh\n(.*?)```/ms.exec(readme) ?? [];
  const folder = await createTemporaryFolder();
  const files = createServer(({ url }, response) => {
    const path = url === '/talk.mp4' ? sampleMedia.clip : sampleMedia.shortLine;
    createReadStream(path).pipe(response);
  }).listen(0, '127.0.0.1');
  await once(files, 'listening');
  onTestFinished(() => void files.close());
  const mock = await startMockServer();
  onTestFinished(() => mock.close());

  // The ports of the README may be in use.
  const own = commands
    .replaceAll('http://127.0.0.1:4010/v1', mock.url)
    .replaceAll(':8000', `:${(files.address() as AddressInfo).port}`);
  await run('sh', ['-e', '-c', own], { cwd: folder });

  const dubbed = await decodeMedia(join(folder, 'dubbed.mp4'));
  expect(dubbed.frameTimes).toHaveLength(125);
  const line = await decodeMedia(sampleMedia.shortLine);
  expect(correlation(dubbed.sound, line.sound)).toBeGreaterThan(0.95);
  expect(mock.stats).toMatchObject({ submits: 1, charged: 1, violations: 0 });
});
