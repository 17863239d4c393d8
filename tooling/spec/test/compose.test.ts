import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { compose, composition, print } from '../src/compose.ts';
import { locations } from '../src/locations.ts';
import { readUpstream } from '../src/read-upstream.ts';
import { frozenDocument } from './frozen/frozen-document.ts';

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sync3-overlays-'));
});
afterEach(() => rm(folder, { recursive: true }));

test('the committed document is what upstream and overlays give', async () => {
  const document = await compose(await readUpstream(locations.upstream), locations.overlays);
  expect(await readFile(locations.composed, 'utf8')).toBe(print(document));
});

test('every action of the overlays is needed', async () => {
  const { repetitions } = await composition(frozenDocument(), locations.overlays);
  expect(repetitions).toEqual([]);
});

test('the document that is composed from stays as it is', async () => {
  const upstream = frozenDocument();
  await compose(upstream, locations.overlays);
  expect(upstream).toEqual(frozenDocument());
});

test('overlays are applied in the order of their names', async () => {
  const overlay = (action: string) =>
    `overlay: 1.1.0\ninfo: { title: x, version: 1.0.0 }\nactions:\n  - ${action}\n`;
  await writeFile(
    join(folder, '02-b.overlay.yaml'),
    overlay('{ target: $.added, update: { b: 2 } }'),
  );
  await writeFile(
    join(folder, '01-a.overlay.yaml'),
    overlay('{ target: $, update: { added: { a: 1 } } }'),
  );
  const document = await compose(frozenDocument(), folder);
  expect(document['added']).toEqual({ a: 1, b: 2 });
});
