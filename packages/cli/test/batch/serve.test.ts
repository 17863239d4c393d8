import { join } from 'node:path';
import { openDatabase, planBatch } from '@sync3/batch';
import { expect } from 'vitest';
import { start } from '../command.ts';
import { letJobsFinish, test } from '../slow-jobs.ts';
import { batchFolder, clips, postgresLedger, writeJsonl } from './batch-folder.ts';

/** The address of a page; its path is a secret. */
const address = /http:\/\/127\.0\.0\.1:\d+\/[\w-]{22}\/(?=\s)/;

test('batch serve prints the address of the page, and ends in order on Ctrl-C', async () => {
  const folder = batchFolder();
  const database = await openDatabase({ directory: join(folder, '.sync3') });
  await planBatch([], database);
  await database.close();
  const { child, until, outcome } = start(['batch', 'serve'], {
    folder,
    env: { RUNWARE_API_KEY: undefined },
  });
  const [url] = await until(address);
  const response = await fetch(url);
  expect(response.status).toBe(200);
  expect(await response.text()).toContain('<title>Batch&#32;default</title>');
  child.kill('SIGINT');
  expect(await outcome).toEqual({ code: 0, stdout: `${url}\n`, stderr: '' });
});

test('batch run --watch serves the page as long as it works', async ({ mock }) => {
  const folder = batchFolder();
  const env = await postgresLedger();
  writeJsonl(folder, clips(1));
  const { charged } = mock.stats;
  const args = ['batch', 'run', 'clips.jsonl', '--watch'];
  const { until, outcome } = start(args, { url: mock.url, folder, env });
  const [url] = await until(address);
  const items = await fetch(new URL('items', url));
  expect(await items.json()).toMatchObject({ total: 1 });
  await expect.poll(() => mock.stats.charged).toBe(charged + 1);
  letJobsFinish();
  expect(await outcome).toMatchObject({ code: 0, stderr: expect.stringContaining(`Page: ${url}`) });
  await expect(fetch(url)).rejects.toThrow();
});
