import { appendFileSync, mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Manifest, planBatch } from '@sync3/batch';
import { expect, test } from 'vitest';
import { findItems } from '../../src/ledger/item.ts';
import { openFresh, temporaryFolder } from '../database/fresh-database.ts';
import { line, planFile } from './plan-file.ts';

const many = Array.from({ length: 3000 }, (_, index) => line({ key: `k${index}` })).join('\n');

test.each([
  ['nothing', '', 'has no items'],
  ['blank lines', '\n \r\n', 'has no items'],
  [
    'a line in Latin-1',
    Buffer.concat([
      Buffer.from(`${many}\n`),
      Buffer.from('"\xe9"', 'latin1'),
      Buffer.from(`\n${line()}`),
    ]),
    'Line 3001 of the manifest',
  ],
  ['a very long line', `${line()}\n${' '.repeat(11 * 1024 * 1024)}\n`, 'Line 2 of the manifest'],
])('a manifest of %s is refused', async (_, content, message) => {
  const { error, items } = await planFile('clips.jsonl', content, { skipInvalid: true });
  expect(error).toContain(message);
  expect(error).toContain('clips.jsonl');
  expect(items).toEqual([]);
});

test('a CSV with a header only is refused', async () => {
  const { error } = await planFile('clips.csv', 'inputs.video,inputs.audio\n');
  expect(error).toContain('has no items');
});

test('a manifest that is missing, or a directory, is named', async () => {
  const { database } = await openFresh('postgres');
  const folder = temporaryFolder();
  mkdirSync(join(folder, 'directory.jsonl'));
  const plan = (name: string) => planBatch(new Manifest(join(folder, name)), database);
  await expect(plan('absent.jsonl')).rejects.toThrow(
    `Cannot read the manifest "${join(folder, 'absent.jsonl')}": it does not exist.`,
  );
  await expect(plan('directory.jsonl')).rejects.toThrow('is a directory.');
  await expect(planBatch(new Manifest('/dev/null'), database)).rejects.toThrow('is not a file.');
});

test.each([
  ['grows', (path: string) => appendFileSync(path, `\n${line({ key: 'more' })}`)],
  ['is edited', (path: string) => writeFileSync(path, many.replaceAll('k1', 'j1'))],
  [
    'is replaced by another with the same size',
    (path: string) => {
      writeFileSync(`${path}.new`, many);
      renameSync(`${path}.new`, path);
    },
  ],
  ['is cut short', (path: string) => writeFileSync(path, many.slice(0, 100))],
])('a manifest that %s while it is read is refused, and nothing is planned', async (_, change) => {
  const { database } = await openFresh('postgres');
  const path = join(temporaryFolder(), 'clips.jsonl');
  writeFileSync(path, many);
  let isChanged = false;
  const onProgress = () => {
    if (!isChanged) change(path);
    isChanged = true;
  };
  await expect(planBatch(new Manifest(path), database, { onProgress })).rejects.toMatchObject({
    name: 'ManifestError',
    message: expect.stringContaining('was changed while it was read'),
  });
  expect(isChanged).toBe(true);
  expect(await findItems(database, 'true')).toEqual([]);
});
