import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';

const program = fileURLToPath(new URL('close-process.ts', import.meta.url));

test('a process ends by itself once its server is closed in the middle of deliveries', async () => {
  // It rejects when the process is still there after the time.
  const { stdout } = await promisify(execFile)(process.execPath, [program], { timeout: 240_000 });
  expect(JSON.parse(stdout)).toEqual([]);
});
