import { execFile } from 'node:child_process';
import {
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { planBatch, writeReport } from '@sync3/batch';
import { expect, test } from 'vitest';
import { openFresh, temporaryFolder } from '../database/fresh-database.ts';
import { clips } from '../plan/clips.ts';
import { delivered, planItems } from './ledger-items.ts';
import { saveReport } from './saved-report.ts';

const program = new URL('write-once.ts', import.meta.url).pathname;

test('a new report takes the place of the old one at once, in a folder that is made', async () => {
  const { database } = await openFresh('pglite');
  await planBatch(clips(1), database);
  const outputDirectory = temporaryFolder();
  const folder = join(outputDirectory, 'new', 'reports');
  const path = join(folder, 'report.html');
  const { markup } = await saveReport(database, { path, outputDirectory });
  const old = openSync(path, 'r');
  await planBatch(clips(2), database);
  const again = await saveReport(database, { path, outputDirectory });
  expect(again.data.content.counts.planned).toBe(2);
  // Who has the old one open still reads all of it.
  expect(readFileSync(old, 'utf8')).toBe(markup);
  expect(readdirSync(folder)).toEqual(['report.html']);
});

test('it carries the licence of the library that it holds a copy of', async () => {
  const { database } = await openFresh('pglite');
  await planBatch(clips(1), database);
  const { markup } = await saveReport(database);
  const licence = readFileSync(new URL('../LICENSE', import.meta.resolve('preact')), 'utf8');
  expect(markup).toContain(licence.trim());
});

test('a disk that is full leaves the old report, and nothing else', async () => {
  const { database, options } = await openFresh('postgres');
  await planBatch(clips(1), database);
  const folder = temporaryFolder();
  const path = join(folder, 'report.html');
  writeFileSync(path, 'the old one');
  // Files of this process may have four kilobytes; the report has more.
  const limited = `ulimit -f 8; exec "$0" "$@"`;
  // Node itself would write its cache of compiled modules at the end, and be killed for it.
  const env = { ...process.env, NODE_DISABLE_COMPILE_CACHE: '1' };
  const parameters = ['-c', limited, process.execPath, program, JSON.stringify(options), path];
  const { stdout } = await promisify(execFile)('/bin/sh', parameters, { env });
  expect(stdout).toContain(`BatchError: Cannot write the report "${path}": EFBIG`);
  expect(readFileSync(path, 'utf8')).toBe('the old one');
  expect(readdirSync(folder)).toEqual(['report.html']);
});

test('a place that cannot be written is named in the error', async () => {
  const { database } = await openFresh('pglite');
  await planBatch(clips(1), database);
  const folder = temporaryFolder();
  writeFileSync(join(folder, 'file'), '');
  mkdirSync(join(folder, 'folder.html', 'full'), { recursive: true });
  for (const path of [join(folder, 'file', 'report.html'), join(folder, 'folder.html')]) {
    await expect(writeReport(database, { path, outputDirectory: folder })).rejects.toMatchObject({
      name: 'BatchError',
      message: expect.stringContaining(`Cannot write the report "${path}": `),
    });
  }
  expect(readdirSync(folder).sort()).toEqual(['file', 'folder.html']);
});

test('results are linked relative to the report, and those that are gone are said to be', async () => {
  const { database } = await openFresh('pglite');
  const folder = temporaryFolder();
  const outputDirectory = join(folder, 'out put');
  mkdirSync(join(outputDirectory, 'a#b', 'folder.mp4'), { recursive: true });
  writeFileSync(join(folder, 'secret.mp4'), '');
  symlinkSync(join(folder, 'secret.mp4'), join(outputDirectory, 'link.mp4'));
  const here = ['a#b/50% & more?.mp4', 'javascript:alert(1).mp4', 'été 😀.mp4'];
  for (const name of here) writeFileSync(join(outputDirectory, name), '');
  const elsewhere = [
    '../secret.mp4',
    `${folder}/secret.mp4`,
    'a/../../secret.mp4',
    '..\\x',
    'a\0b',
  ];
  await planItems(database, [
    { state: 'succeeded', settled: 3, files: here.map(delivered), cost: 0.5 },
    {
      state: 'succeeded',
      settled: 2,
      files: ['gone.mp4', 'a#b/folder.mp4', 'link.mp4'].map(delivered),
    },
    { state: 'succeeded', settled: 1, files: elsewhere.map(delivered) },
  ]);
  const path = join(folder, 'reports', 'report.html');
  const { data } = await saveReport(database, { path, outputDirectory });
  const urls = [
    './../out%20put/a%23b/50%25%20%26%20more%3F.mp4',
    './../out%20put/javascript%3Aalert(1).mp4',
    './../out%20put/%C3%A9t%C3%A9%20%F0%9F%98%80.mp4',
  ];
  // Gone, a folder, behind a symbolic link, and names that lead elsewhere.
  const none = Array(3 + elsewhere.length).fill(null);
  expect(data.resultUrls).toEqual([...urls, ...none]);
  expect(data.content.results[0]).toMatchObject({ key: 'clip-1', number: 1, of: 3, cost: 0.5 });
});
