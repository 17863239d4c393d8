import { randomUUID } from 'node:crypto';
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { type MockServer, startMockServer } from '@sync3/mock-server';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { sizes } from '../sizes.ts';
import { exchange } from './raw-exchange.ts';

const secret = `secret-${randomUUID()}`;
let folder: string;
let mock: MockServer;
let port: number;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sync3-names-'));
  await writeFile(join(folder, 'secret.txt'), secret);
  vi.stubEnv('TMPDIR', folder);
  mock = await startMockServer({ apiKeys: ['key'] });
  port = Number(new URL(mock.url).port);
});
afterAll(async () => {
  await mock.close();
  vi.unstubAllEnvs();
  await rm(folder, { recursive: true });
});

async function upload(media: string) {
  const task = { taskType: 'mediaStorage', taskUUID: randomUUID(), operation: 'upload', media };
  const headers = { authorization: 'Bearer key' };
  const response = await fetch(mock.url, { method: 'POST', headers, body: JSON.stringify([task]) });
  // biome-ignore lint/suspicious/noExplicitAny: the test looks into it
  return { status: response.status, body: (await response.json()) as any };
}

const steps = fc.array(
  fc.constantFrom(
    ...['..', '.', '%2e%2e', '%2E.', '..%2f', '..\\', '%5c..', '%00', '\0', '', 'files', '~'],
    ...['etc', 'secret.txt', 'secret.txt%00.mp4', 'C:', 'file:', '%c0%ae%c0%ae', '....'],
  ),
  { minLength: 1, maxLength: 8 },
);

test('no path leads out of the folder of the server', async () => {
  const absolute = join(folder, 'secret.txt');
  const targets = fc.oneof(
    steps.map((names) => `/files/${names.join('/')}`),
    fc.constantFrom(`/files/${absolute}`, `/files//${absolute}`, absolute, `//${absolute}`),
    fc.string().map((name) => `/files/${encodeURIComponent(name)}`),
  );
  await fc.assert(
    fc.asyncProperty(targets, async (target) => {
      const bytes = `GET ${target} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n`;
      const answers = await exchange(port, bytes);
      expect(answers.map(({ status }) => [400, 404].includes(status))).toEqual([true]);
      expect(JSON.stringify(answers)).not.toContain(secret);
    }),
    { numRuns: sizes.hostilePaths },
  );
});

test('a stored file is named by the server, whatever type it is said to be', async () => {
  const types = fc.oneof(
    fc.constantFrom(
      ...['video/mp4', '../../x', 'video/../../x', 'text/html', 'a/b\r\nX-Evil: 1', '__proto__'],
      ...['video/mp4;name=../../x', '/etc/passwd', 'C:\\x', 'a/b\0', '.'.repeat(150), 'ü/ü'],
    ),
    fc.string({ maxLength: 100 }),
  );
  await fc.assert(
    fc.asyncProperty(types, async (type) => {
      const { status, body } = await upload(`data:${type};base64,AAAA`);
      if (status === 400) return;
      expect(status).toBe(200);
      const name = basename(body.data[0].mediaURL);
      expect(name).toMatch(/^[0-9a-f-]{36}\.[a-z0-9]{2,4}$/);
      const response = await fetch(body.data[0].mediaURL);
      expect(response.status).toBe(200);
      expect(response.headers.get('x-evil')).toBeNull();
      expect(await response.bytes()).toEqual(Uint8Array.of(0, 0, 0));
    }),
    { numRuns: sizes.hostileTypes },
  );
  const names = await readdir(folder, { recursive: true });
  const own = /^(secret\.txt|sync3-mock-\w+(\/files(\/[0-9a-f-]{36}\.[a-z0-9]{2,4})?)?)$/;
  expect(names.filter((name) => !own.test(name))).toEqual([]);
});
