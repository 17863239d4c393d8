import { join } from 'node:path';
import { openDatabase, planBatch } from '@sync3/batch';
import { expect } from 'vitest';
import { start, sync3 } from '../command.ts';
import { letJobsFinish, test } from '../slow-jobs.ts';
import { batchFolder, clips, postgresLedger, writeJsonl } from './batch-folder.ts';

const address = /Metrics: (http:\/\/127\.0\.0\.1:\d+\/metrics)(?=\s)/;

/** The lines of Prometheus's text format. */
async function scrape(url = ''): Promise<string[]> {
  const response = await fetch(url);
  expect(response.headers.get('content-type')).toMatch(/^text\/plain/);
  return (await response.text()).split('\n');
}

test('batch run --metrics-port serves figures for Prometheus and /health as long as it works', async ({
  mock,
}) => {
  const folder = batchFolder();
  const env = await postgresLedger();
  writeJsonl(folder, clips(2));
  const { charged } = mock.stats;
  const args = ['batch', 'run', 'clips.jsonl', '--concurrency', '1', '--metrics-port', '0'];
  const { until, outcome } = start(args, { url: mock.url, folder, env });
  const [, url] = await until(address);
  await expect.poll(() => mock.stats.charged).toBe(charged + 1);
  await expect
    .poll(() => scrape(url))
    .toContain('sync3_batch_items{sync3_batch_name="default",sync3_item_state="submitted"} 1');
  const lines = await scrape(url);
  expect(lines).toContain('# TYPE sync3_batch_items gauge');
  expect(lines).toContain(
    'sync3_batch_items{sync3_batch_name="default",sync3_item_state="planned"} 1',
  );
  expect(lines).toContain('sync3_batch_workers{sync3_batch_name="default"} 1');
  expect(lines).toContainEqual(
    expect.stringMatching(
      /^sync3_request_duration_count\{.*sync3_task_type="videoInference".*\} [1-9]/,
    ),
  );
  const health = await fetch(new URL('health', url));
  expect(health.status).toBe(200);
  expect(await health.json()).toMatchObject({ status: 'ok', workers: 1 });
  letJobsFinish();
  await expect.poll(() => mock.stats.charged).toBe(charged + 2);
  await expect
    .poll(() => scrape(url))
    .toContainEqual(
      expect.stringMatching(/^sync3_job_duration_count\{.*sync3_item_state="succeeded".*\} 1/),
    );
  letJobsFinish();
  expect(await outcome).toMatchObject({ code: 0 });
  await expect(fetch(url ?? '')).rejects.toThrow();
});

test('batch serve --metrics-port serves them beside the page', async () => {
  const folder = batchFolder();
  const database = await openDatabase({ directory: join(folder, '.sync3') });
  await planBatch([], database);
  await database.close();
  const { child, until, outcome } = start(['batch', 'serve', '--metrics-port', '0'], {
    folder,
    env: { RUNWARE_API_KEY: undefined },
  });
  const [, url] = await until(address);
  expect(await scrape(url)).toContain('sync3_batch_workers{sync3_batch_name="default"} 0');
  expect(await fetch(new URL('health', url))).toMatchObject({ status: 200 });
  child.kill('SIGINT');
  expect(await outcome).toMatchObject({ code: 0 });
});

test('a port that is taken is told before anything is submitted', async ({ mock }) => {
  const folder = batchFolder();
  const env = await postgresLedger();
  writeJsonl(folder, clips(1));
  const { submits } = mock.stats;
  const { port } = new URL(mock.url);
  const args = ['batch', 'run', 'clips.jsonl', '--metrics-port', port];
  const { code, stderr } = await sync3(args, { url: mock.url, folder, env });
  expect(code).toBe(2);
  expect(stderr).toContain(`Health cannot be served on port ${port}`);
  expect(mock.stats.submits).toBe(submits);
});
