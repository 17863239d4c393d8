import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { compose, OverlayError, print } from '../src/compose.ts';
import { locations } from '../src/locations.ts';

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sync3-overlays-'));
});
afterEach(() => rm(folder, { recursive: true }));

test('the committed document is what upstream and overlays give', async () => {
  const document = await compose(locations.upstream, locations.overlays);
  expect(await readFile(locations.composed, 'utf8')).toBe(print(document));
});

test('an action that matches nothing is an error that names file, line and target', async () => {
  const overlay = [
    'overlay: 1.1.0',
    'info: { title: Test, version: 1.0.0 }',
    'actions:',
    '  - target: $.info',
    '    update: { title: Changed }',
    '  - target: $.components.schemas.Gone',
    '    update: { title: Changed }',
  ];
  await writeFile(join(folder, '01-test.overlay.yaml'), overlay.join('\n'));
  const composing = compose(locations.upstream, folder);
  await expect(composing).rejects.toThrow(OverlayError);
  await expect(composing).rejects.toThrow(
    /01-test\.overlay\.yaml:6: .*"\$\.components\.schemas\.Gone"/,
  );
});

test('an overlay that is no YAML is an error that names the file', async () => {
  await writeFile(join(folder, '01-broken.overlay.yaml'), 'overlay: [');
  await expect(compose(locations.upstream, folder)).rejects.toThrow(/01-broken\.overlay\.yaml/);
});

test('overlays are applied in the order of their names', async () => {
  const overlay = (title: string) =>
    `overlay: 1.1.0\ninfo: { title: x, version: 1.0.0 }\nactions:\n  - target: $.info\n    update: { title: ${title} }\n`;
  await writeFile(join(folder, '02-b.overlay.yaml'), overlay('second'));
  await writeFile(join(folder, '01-a.overlay.yaml'), overlay('first'));
  const document = await compose(locations.upstream, folder);
  expect(document['info']).toMatchObject({ title: 'second' });
});
