import { execFile } from 'node:child_process';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { createTest, test } from '@sync3/mock-server/vitest';
import { describe, expect, onTestFinished } from 'vitest';

const withOneKey = createTest({ apiKeys: ['only-this'] });

async function ask(url: string, key = 'any'): Promise<number> {
  const body = JSON.stringify([{ taskType: 'getResponse', taskUUID: crypto.randomUUID() }]);
  const headers = { authorization: `Bearer ${key}` };
  return (await fetch(url, { method: 'POST', headers, body })).status;
}

const urls = new Set<string>();

describe('the tests of a worker', () => {
  test('are given a server that answers', async ({ mock }) => {
    urls.add(mock.url);
    expect(await ask(mock.url)).toBe(200);
    mock.faults.add({ on: 'any', kind: 'status', status: 503, times: 5 });
    expect(await ask(mock.url)).toBe(503);
  });

  test('share it, and no test meets the faults of another', async ({ mock }) => {
    urls.add(mock.url);
    expect(urls.size).toBe(1);
    expect(await ask(mock.url)).toBe(200);
  });
});

withOneKey('options in code make a server of its own', async ({ mock }) => {
  expect(urls).not.toContain(mock.url);
  expect(await ask(mock.url)).toBe(401);
  expect(await ask(mock.url, 'only-this')).toBe(200);
});

test('a project provides options; its files share one server, which leaves nothing behind', async () => {
  const root = fileURLToPath(new URL('project', import.meta.url));
  const vitest = createRequire(import.meta.url).resolve('vitest/package.json');
  const folder = await mkdtemp(join(tmpdir(), 'sync3-fixture-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  const run = promisify(execFile)(
    process.execPath,
    [join(vitest, '../vitest.mjs'), 'run', '--root', root, '--reporter=default'],
    { env: { ...process.env, TMPDIR: folder, NO_COLOR: '1' } },
  );
  const { stdout } = await run;
  expect(stdout).toMatch(/Test Files +2 passed/);
  const servers = [...stdout.matchAll(/server (http:\S+)/g)].map(([, url]) => url);
  expect(servers).toHaveLength(2);
  expect(new Set(servers).size).toBe(1);
  const left = await readdir(folder);
  expect(left.filter((name) => name.startsWith('sync3-mock-'))).toEqual([]);
});
