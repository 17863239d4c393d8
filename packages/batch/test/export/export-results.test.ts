import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { exportResults } from '@sync3/batch';
import { parse } from 'csv-parse/sync';
import { expect, test } from 'vitest';
import { openFresh, ruleKinds, temporaryFolder } from '../database/fresh-database.ts';
import { openScene, tinyItem } from '../work/scene.ts';

function read(path: string): Record<string, string>[] {
  return parse(readFileSync(path), { columns: true });
}

test.each(ruleKinds)(
  'the results of a batch on %s are a row each, in CSV and in JSONL',
  async (kind) => {
    const scene = await openScene(kind);
    scene.mock.faults.add({ on: 'submit', kind: 'failed-results', times: 1 });
    const notes = { episode: 'the first, "pilot"', part: 2 };
    await scene.plan([tinyItem(1), { ...tinyItem(2, { numberResults: 2 }), notes }]);
    await scene.work({ limits: { concurrency: 1 } });
    const [failed, delivered] = await scene.items();
    const folder = temporaryFolder();
    const csv = join(folder, 'results.csv');
    expect(await exportResults(scene.database, csv)).toEqual({ items: 2 });
    const files = delivered?.files ?? [];
    expect(read(csv)).toMatchObject([
      {
        key: 'clip-1',
        line: '1',
        state: 'failed',
        files: '',
        errorCode: failed?.error?.code,
        errorMessage: failed?.error?.message,
        notes: '',
      },
      {
        key: 'clip-2',
        source: 'a program',
        line: '2',
        state: 'succeeded',
        taskUUID: delivered?.taskUUID,
        cost: `${delivered?.actualCost}`,
        settledAt: delivered?.settledAt?.toISOString(),
        files: 'clip-2.1of2.mp4|clip-2.2of2.mp4',
        sha256: files.map(({ sha256 }) => sha256).join('|'),
        errorCode: '',
        notes: JSON.stringify(notes),
      },
    ]);
    const jsonl = join(folder, 'results.jsonl');
    await exportResults(scene.database, jsonl, { states: ['succeeded'] });
    const lines = readFileSync(jsonl, 'utf8').trimEnd().split('\n');
    expect(lines.map((line) => JSON.parse(line))).toMatchObject([
      { key: 'clip-2', files, errorCode: null, notes },
    ]);
  },
);

test('a cell that a spreadsheet would calculate begins with an apostrophe', async () => {
  const { database } = await openFresh('postgres');
  const scene = await openScene();
  await scene.plan([{ ...tinyItem(1), key: '=cmd|x', output: 'one' }, tinyItem(2)]);
  await scene.database.query(
    `update sync3.item set state = 'failed', error = '{"code": "@sum", "message": "+1\\n\\"-2\\""}'
    where key = 'clip-2'`,
  );
  const path = join(temporaryFolder(), 'results.csv');
  await exportResults(scene.database, path);
  expect(read(path)).toMatchObject([
    { key: "'=cmd|x" },
    { key: 'clip-2', errorCode: "'@sum", errorMessage: '\'+1\n"-2"' },
  ]);
  await expect(exportResults(database, path)).rejects.toThrow('default');
  // What could not be exported leaves the older file as it was.
  expect(read(path)).toHaveLength(2);
});
