import { join } from 'node:path';
import { expect } from 'vitest';
import { sync3 } from '../command.ts';
import { letJobsFinish, test } from '../slow-jobs.ts';
import { batchFolder, clips, postgresLedger, writeJsonl } from './batch-folder.ts';

test('a job that outlasts --job-timeout and --patience stays submitted: 5, and a later run delivers it', async ({
  mock,
}) => {
  const { url } = mock;
  const folder = batchFolder();
  const env = await postgresLedger();
  writeJsonl(folder, clips(1));
  const { charged } = mock.stats;
  const args = ['batch', 'run', 'clips.jsonl', '--job-timeout', '1', '--patience', '0'];
  const { code, stdout, stderr } = await sync3(args, { url, folder, env });
  expect({ code, stdout }).toEqual({ code: 5, stdout: '' });
  expect(stderr).toMatch(/ 0 of 1 succeeded, 1 submitted, .*\n.*\nNext: sync3 batch run\n$/);
  letJobsFinish();
  const later = await sync3(['batch', 'run'], { url, folder, env });
  expect(later).toMatchObject({ code: 0, stdout: `${join('output', 'clip-1.mp4')}\n` });
  expect(mock.stats.charged).toBe(charged + 1);
});
