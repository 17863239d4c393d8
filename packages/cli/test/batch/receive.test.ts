import { expect } from 'vitest';
import { eventsOf, start, sync3 } from '../command.ts';
import { letJobsFinish, test } from '../slow-jobs.ts';
import { batchFolder, clips, writeJsonl } from './batch-folder.ts';

const secret = 'a secret of the tests, long enough';
const env = { SYNC3_WEBHOOK_SECRET: secret };

test('batch receive takes in deliveries for a batch run beside it', async ({ mock }) => {
  const folder = batchFolder();
  writeJsonl(folder, clips(1));
  // It makes the ledger that the receiver opens.
  expect(
    await sync3(['batch', 'run', 'clips.jsonl', '--estimate'], { url: mock.url, folder }),
  ).toMatchObject({ code: 0 });
  const { charged } = mock.stats;
  const receiver = start(
    ['batch', 'receive', '--webhook-url', 'https://hooks.example.com', '--port', '0', '--json'],
    { folder, env: { ...env, RUNWARE_API_KEY: undefined } },
  );
  const [url] = await receiver.until(/http:\/\/127\.0\.0\.1:\d+/);
  const run = start(['batch', 'run', 'clips.jsonl', '--webhook-url', `${url}/hooks`], {
    url: mock.url,
    folder,
    env,
  });
  await expect.poll(() => mock.stats.charged).toBe(charged + 1);
  letJobsFinish();
  expect(await run.outcome).toMatchObject({ code: 0 });
  await receiver.until(/"delivery"/);
  receiver.child.kill('SIGINT');
  const outcome = await receiver.outcome;
  expect(outcome).toMatchObject({ code: 0, stderr: '' });
  expect(eventsOf(outcome)).toMatchObject([
    { event: 'receiving', url },
    { event: 'delivery', taskUUID: mock.tasks.at(-1)?.taskUUID, isKnown: true, deliveries: 1 },
  ]);
  const { stdout, stderr } = await run.outcome;
  expect(stdout + stderr + outcome.stdout).not.toContain(secret);
});

test('without a secret, or with what is no URL, nothing is submitted', async ({ mock }) => {
  const folder = batchFolder();
  writeJsonl(folder, clips(1));
  const { submits } = mock.stats;
  const url = 'https://hooks.example.com';
  const run = ['batch', 'run', 'clips.jsonl', '--webhook-url'];
  expect(await sync3([...run, url], { url: mock.url, folder })).toMatchObject({
    code: 2,
    stderr: expect.stringContaining('Next: Set SYNC3_WEBHOOK_SECRET'),
  });
  expect(await sync3([...run, 'hooks'], { url: mock.url, folder, env })).toMatchObject({
    code: 2,
    stderr: expect.stringContaining('--webhook-url'),
  });
  const receive = ['batch', 'receive', '--webhook-url', url, '--port', '0'];
  expect(await sync3(receive, { folder })).toMatchObject({
    code: 2,
    stderr: expect.stringContaining('Next: Set SYNC3_WEBHOOK_SECRET'),
  });
  expect(mock.stats.submits).toBe(submits);
});
