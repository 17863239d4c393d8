import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { Manifest, type ManifestOptions } from '@sync3/batch';
import { expect, test } from 'vitest';
import type { ManifestEntry } from '../../src/manifest/manifest-entry.ts';
import { temporaryFolder } from '../database/fresh-database.ts';
import { line, planFile } from './plan-file.ts';

/** The entries of a file, or the message of the error. */
async function entriesOf(name: string, content: string | Uint8Array, options?: ManifestOptions) {
  const path = join(temporaryFolder(), name);
  writeFileSync(path, content);
  const entries: ManifestEntry[] = [];
  for await (const entry of new Manifest(path, options).entries()) entries.push(entry);
  return entries;
}

const rows = [
  ['key', 'inputs.video', 'inputs.audio', 'note:client'],
  ['a', 'https://example.com/ä.mp4', 'https://example.com/a.wav', 'Müller; Söhne'],
  ['b', 'https://example.com/b.mp4', 'https://example.com/b.wav', ''],
];
const table = (delimiter: string, end = '\r\n') =>
  rows.map((cells) => cells.map((cell) => `"${cell}"`).join(delimiter)).join(end);
const utf16 = (text: string) => Buffer.from(`\uFEFF${text}`, 'utf16le');
const items = [
  { line: 2, key: 'a', notes: { client: 'Müller; Söhne' } },
  { line: 3, key: 'b', params: { inputs: { video: 'https://example.com/b.mp4' } } },
];

test.each([
  ['semicolons', 'clips.csv', table(';')],
  ['tabs', 'clips.tsv', table('\t', '\n')],
  ['a byte order mark', 'clips.csv', `\uFEFF${table(';')}`],
  ['UTF-16, as Excel writes "Unicode text"', 'clips.csv', utf16(table('\t'))],
  ['UTF-16 with the larger byte first', 'clips.csv', utf16(table(',')).swap16()],
  ['gzip', 'clips.csv.gz', gzipSync(table(','))],
  ['gzip that its name keeps silent about', 'clips.csv', gzipSync(utf16(table(';')))],
  ['a name that says nothing', 'clips.txt', table(';')],
])('a CSV with %s is read as the one with commas', async (_, name, content) => {
  expect(await entriesOf(name, content)).toMatchObject(items);
});

test.each([';', '\t', ','])('the line "sep=%s" of Excel names the separator', async (delimiter) => {
  const entries = await entriesOf('clips.csv', `sep=${delimiter}\r\n${table(delimiter)}`);
  expect(entries).toMatchObject(items.map((item) => ({ ...item, line: item.line + 1 })));
});

test('a JSON array is read item by item, and notes are no parameters', async () => {
  const one = { key: 'a', inputs: { video: 'a.mp4' }, 'note:client': 'ACME', 'note:take': 3 };
  const content = JSON.stringify([one, 'no item', { key: 'b' }], null, 2);
  expect(await entriesOf('clips.json', content)).toEqual([
    {
      line: 1,
      key: 'a',
      params: { inputs: { video: 'a.mp4' } },
      notes: { client: 'ACME', take: 3 },
    },
    { line: 2, params: 'no item' },
    { line: 3, key: 'b', params: {} },
  ]);
  await expect(entriesOf('clips.json', content.slice(0, 60))).rejects.toThrow('ends within');
  await expect(entriesOf('clips.json', '[{"a": nothing}]')).rejects.toThrow('is no JSON array');
});

test('columns that are not known are named, unless they are notes or to be passed over', async () => {
  const content = 'inputs.video;inputs.audio;Kunde;Preis\na;b;c;d';
  await expect(entriesOf('clips.csv', content)).rejects.toThrow(
    /has columns that do not exist: "Kunde", "Preis"\. .*note:.*--ignore-columns/,
  );
  const options = { ignoreColumns: ['Kunde', 'Preis'] };
  expect(await entriesOf('clips.csv', content, options)).toEqual([
    { line: 2, params: { inputs: { video: 'a', audio: 'b' } } },
  ]);
  expect(await entriesOf('clips.jsonl', '{"Kunde": 1, "key": "a"}', options)).toEqual([
    { line: 1, key: 'a', params: {} },
  ]);
});

test('a pipe is read once, with paths as of the process', async () => {
  const child = spawn('mkfifo', [join(temporaryFolder(), 'pipe')]);
  await once(child, 'exit');
  const path = child.spawnargs[1] ?? '';
  const writer = spawn('sh', ['-c', `printf '%s' '${line({ key: 'a' })}' > '${path}'`]);
  const ended = once(writer, 'exit');
  const manifest = new Manifest(path);
  const entries: ManifestEntry[] = [];
  for await (const entry of manifest.entries()) entries.push(entry);
  expect(entries).toMatchObject([{ key: 'a' }]);
  expect(manifest.report?.bytes).toBeGreaterThan(0);
  await ended;
  const stdin = new Manifest('/dev/fd/63');
  expect(stdin).toMatchObject({ name: 'stdin', directory: process.cwd() });
});

test('broken gzip is named', async () => {
  const content = gzipSync(line()).subarray(0, 30);
  await expect(entriesOf('clips.jsonl.gz', content)).rejects.toThrow('is broken gzip');
});

test('notes are kept with the item, and are no part of its job', async () => {
  const noted = line({ key: 'a', 'note:client': 'ACME', 'note:rush': true });
  const { items: planned } = await planFile('clips.jsonl', noted);
  const { items: plain } = await planFile('clips.jsonl', line({ key: 'a' }));
  expect(planned[0]?.notes).toEqual({ client: 'ACME', rush: true });
  expect(plain[0]?.notes).toBeNull();
  expect(planned[0]?.taskUUID).toBe(plain[0]?.taskUUID);
  const { problems } = await planFile('clips.jsonl', line({ 'note:client': { name: 'ACME' } }));
  expect(problems).toMatchObject([{ pointer: '/notes', severity: 'error' }]);
});

test.each([
  ['s3://bucket/a.mp4', 'presigned https URL'],
  ['gs://bucket/a.mp4', 'presigned https URL'],
  ['file:///a.mp4', 'Write the path'],
])('%s is refused with what to write instead', async (video, advice) => {
  const inputs = { video, audio: 'https://example.com/a.wav' };
  const { problems } = await planFile('clips.jsonl', line({ inputs }));
  expect(problems).toMatchObject([
    { pointer: '/inputs/video', reason: expect.stringContaining(advice) },
  ]);
  expect(problems).toHaveLength(1);
});
