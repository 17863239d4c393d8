import { createHash } from 'node:crypto';
import { once } from 'node:events';
import {
  createReadStream,
  createWriteStream,
  mkdtempSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { Worker } from 'node:worker_threads';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { sizes } from '../sizes.js';
import { contentOf } from './content.js';
import type { MemoryFigures } from './memory-gauge.js';
import { runProgram } from './run-program.js';

const MiB = 2 ** 20;
const large = sizes.largeFile * MiB;
/** Neither a multiple of three nor of any buffer. */
const small = sizes.smallFile * MiB + 1;

let folder = '';
let server: Worker;
let origin = '';
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'sync3-memory-'));
  server = new Worker(new URL('./transfer-server.ts', import.meta.url));
  const [port] = await once(server, 'message');
  origin = `http://127.0.0.1:${port}`;
});
afterAll(async () => {
  await server.terminate();
  rmSync(folder, { recursive: true });
});

test(`an upload of ${sizes.largeFile} MiB takes less than 64 MB of memory, and every byte arrives`, async () => {
  const smallPath = join(folder, 'small.mp4');
  await pipeline(contentOf(1, small), createWriteStream(smallPath));
  const largePath = join(folder, 'large.mp4');
  writeFileSync(largePath, '');
  truncateSync(largePath, large);

  const printed = await runProgram<MemoryFigures & { smallURL: string; largeURL: string }>(
    'upload-client.ts',
    [`${origin}/v1`, smallPath, largePath],
  );
  expect(printed.smallURL).toBe(
    `https://im.runware.ai/${small}/${await hash(contentOf(1, small))}`,
  );
  expect(printed.largeURL).toContain(`/${large}/`);
  expectLittle('upload', printed);
});

test(`a download of ${sizes.largeFile} MiB takes less than 64 MB of memory, and every byte arrives`, async () => {
  const smallPath = join(folder, 'small.mp4');
  const largePath = join(folder, 'large.mp4');
  const printed = await runProgram<MemoryFigures>('download-client.ts', [
    `${origin}/2/${small}`,
    smallPath,
    `${origin}/3/${large}`,
    largePath,
  ]);
  expect(await hash(createReadStream(smallPath))).toBe(await hash(contentOf(2, small)));
  expect(statSync(largePath).size).toBe(large);
  expectLittle('download', printed);
});

function expectLittle(what: string, { rssBefore, rssPeak }: MemoryFigures): void {
  const megabytes = (bytes: number) => `${(bytes / 1e6).toFixed(1)} MB`;
  const growth = rssPeak - rssBefore;
  console.log(
    `${what} of ${sizes.largeFile} MiB: ${megabytes(rssBefore)} before, ${megabytes(growth)} more at the peak`,
  );
  expect(growth).toBeLessThan(64e6);
}

async function hash(content: Readable): Promise<string> {
  const digest = createHash('sha256');
  for await (const chunk of content) digest.update(chunk);
  return digest.digest('hex');
}
