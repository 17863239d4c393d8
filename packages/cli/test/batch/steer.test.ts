import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { openDatabase, planBatch } from '@sync3/batch';
import { expect } from 'vitest';
import { eventsOf, start, sync3 } from '../command.ts';
import { letJobsFinish, test } from '../slow-jobs.ts';
import { batchFolder, clips, inputs, postgresLedger, writeJsonl } from './batch-folder.ts';

test('while a worker works, other commands list, show, pause, prioritise, cancel and replace', async ({
  mock,
}) => {
  const { url } = mock;
  const folder = batchFolder();
  const items = clips(4).map((item, index) => ({ ...item, key: `clip-${index + 1}-${item.key}` }));
  const [first = '', second = '', third = '', fourth = ''] = items.map(({ key }) => key);
  writeJsonl(folder, items);
  const { charged } = mock.stats;
  const run = start(['batch', 'run', 'clips.jsonl', '--concurrency', '1'], { url, folder });
  await expect.poll(() => mock.stats.charged).toBe(charged + 1);
  const batch = (...args: string[]) => sync3(['batch', ...args], { folder });

  const listSubmitted = async () => (await batch('list', '--state', 'submitted')).stdout;
  await expect.poll(listSubmitted).toMatch(first);
  expect(await batch('pause')).toMatchObject({ code: 0, stderr: expect.stringMatching(/^Paused/) });
  const shown = await batch('show', second);
  expect(shown).toMatchObject({ code: 0, stderr: '' });
  expect(shown.stdout).toMatch(/^state +planned$/m);
  expect(shown.stdout).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ +planned$/m);
  expect(shown.stdout).toMatch(/^next +sync3 batch resume$/m);

  const cancelled = await batch('cancel', second, first);
  expect(cancelled.code).toBe(5);
  expect(cancelled.stderr).toContain(`Left as it is: ${first}: Its job was submitted`);
  expect(cancelled.stderr).toContain('Cancelled: 1 item, 1 left as they are\n');
  expect((await batch('cancel', first)).code).toBe(2);
  expect((await batch('cancel')).stderr).toMatch(/^sync3: Name the items\.\nNext: .*batch list\n$/);

  writeFileSync(join(folder, 'mended.json'), JSON.stringify({ inputs, numberResults: 2 }));
  expect(await batch('replace', third, 'mended.json')).toMatchObject({
    code: 0,
    stderr: 'Replaced: 1 item\n',
  });
  expect((await batch('replace', third, 'mended.json')).code).toBe(2);
  expect((await batch('priority', '5', fourth)).code).toBe(0);
  const csv = await batch('list', '--state', 'failed', '--csv');
  expect(csv.stdout.split('\n')[0]).toMatch(/^key,state,source,line,/);
  expect(csv.stdout.split('\n')[1]).toMatch(
    new RegExp(`^${second},failed,clips.jsonl,2,.*cancelled`),
  );
  const listed = eventsOf(await batch('list', '--search', fourth, '--json'));
  expect(listed).toMatchObject([{ event: 'listed', key: fourth, priority: 5, state: 'planned' }]);
  expect((await batch('drop', second)).code).toBe(0);
  expect((await batch('show', second)).code).toBe(2);
  expect(await batch('resume')).toMatchObject({ code: 0, stderr: 'The batch goes on.\n' });

  for (const done of [1, 2, 3]) {
    await expect.poll(() => mock.stats.charged).toBeGreaterThanOrEqual(charged + done);
    letJobsFinish();
  }
  const { code } = await run.outcome;
  expect(code).toBe(0);
  expect(mock.stats.charged).toBe(charged + 3);
});

test('what was cancelled is planned again by its key, and not with all that failed', async () => {
  const folder = batchFolder();
  const key = 'clip-1';
  const env = await postgresLedger();
  const database = await openDatabase({ databaseUrl: env.SYNC3_DATABASE_URL });
  await planBatch([{ key, params: { inputs } }], database, { directory: folder });
  await database.close();
  const batch = (...args: string[]) => sync3(['batch', ...args], { folder, env });
  expect((await batch('cancel', '--all')).stderr).toBe('Cancelled: 1 item\n');
  expect((await batch('retry', '--all')).stderr).toMatch(/: 0 items\n$/);
  const { stdout } = await batch('show', key);
  expect(stdout).toMatch(/^error +It was cancelled .* \(cancelled\)$/m);
  expect((await batch('retry', key)).stderr).toMatch(/: 1 item\n$/);
});
