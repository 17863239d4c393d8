import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { createTest } from '@sync3/mock-server/vitest';
import { expect } from 'vitest';
import { eventsOf, sync3 } from '../command.ts';
import { batchFolder, clips, writeJsonl } from './batch-folder.ts';

const test = createTest({ jobDurationMs: 20 });

test('a deleted ledger is rebuilt by `batch recover`, and a run after it submits nothing; both can be exported', async ({
  mock,
}) => {
  const { url } = mock;
  const folder = batchFolder();
  const items = clips(2);
  writeJsonl(folder, items);
  const first = await sync3(['batch', 'run', 'clips.jsonl'], { url, folder });
  expect(first.code).toBe(0);
  const { submits } = mock.stats;
  rmSync(join(folder, '.sync3'), { recursive: true });

  const recovered = await sync3(['batch', 'recover', 'clips.jsonl', '--json'], { url, folder });
  expect(recovered.code).toBe(0);
  expect(eventsOf(recovered).at(-1)).toMatchObject({
    ...{ event: 'recovered', items: 2, delivered: 2, unfetched: 0, unknown: 0 },
    next: 'sync3 batch run',
  });
  const again = await sync3(['batch', 'run', '--export', 'results.csv'], { url, folder });
  expect(again).toMatchObject({ code: 0, stdout: '' });
  expect(again.stderr).toContain('Exported: 2 items to results.csv\n');
  expect(mock.stats.submits).toBe(submits);
  const [names, ...rows] = readFileSync(join(folder, 'results.csv'), 'utf8').trimEnd().split('\n');
  expect(names).toMatch(/^key,source,line,state,/);
  expect(rows.map((row) => row.split(',')[0]).sort()).toEqual(items.map(({ key }) => key).sort());
});
