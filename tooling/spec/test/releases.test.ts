import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { locations } from '../src/locations.ts';
import { releasesFor, typesOfSdk, typesReachedBySdk, weightiest } from '../src/releases.ts';

test('the types of the SDK, and what they consist of, are all that its sources import', () => {
  const sources = join(locations.root, 'packages/sdk/src');
  const files = readdirSync(sources, { recursive: true, encoding: 'utf8' });
  const imported = files
    .filter((file) => file.endsWith('.ts'))
    .map((file) => readFileSync(join(sources, file), 'utf8'))
    .flatMap((text) => [...text.matchAll(/import type \{([^}]+)\} from '@sync3\/generated'/g)])
    .flatMap(([, names = '']) => names.split(',').map((name) => name.trim()))
    .filter((name) => name !== '');
  const document = JSON.parse(readFileSync(locations.composed, 'utf8'));
  const reached = typesReachedBySdk(document);
  expect(imported.filter((name) => !reached.has(name))).toEqual([]);
  expect(typesOfSdk.filter((name) => !imported.includes(name))).toEqual([]);
});

test('every package that is published, and no other, can be released', async () => {
  const packages = readdirSync(join(locations.root, 'packages'));
  const published = packages
    .map((name) => join(locations.root, 'packages', name, 'package.json'))
    .map((path) => JSON.parse(readFileSync(path, 'utf8')))
    .filter((manifest) => !manifest.private);
  const everything = {
    group: 'Breaking',
    field: '',
    pointer: '#/servers/0/url',
    text: '',
  } as const;
  const releases = await releasesFor([everything], [], locations.root);
  expect(Object.keys(releases).toSorted()).toEqual(published.map(({ name }) => name).toSorted());
});

test('no change is no release', async () => {
  expect(weightiest([])).toBe(null);
  expect(await releasesFor([], [], locations.root)).toEqual({});
});
