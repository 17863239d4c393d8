import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { findDrift } from '../src/drift.ts';
import { locations } from '../src/locations.ts';

/** A copy of the committed output, to be changed by a test. */
let copy = locations;
let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sync3-drift-test-'));
  copy = {
    ...locations,
    composed: join(folder, 'composed.json'),
    generatedClient: join(folder, 'src'),
  };
  await cp(locations.composed, copy.composed);
  await cp(locations.generatedClient, copy.generatedClient, { recursive: true });
});
afterEach(() => rm(folder, { recursive: true }));

test('what is committed is what is generated, byte for byte', async () => {
  expect(await findDrift(copy)).toEqual([]);
});

test('a generated file that was edited by hand is found', async () => {
  const edited = join(copy.generatedClient, 'types.gen.ts');
  await writeFile(edited, `${await readFile(edited, 'utf8')}\n`);
  expect(await findDrift(copy)).toEqual([edited]);
});

test('a hand-written file among the generated ones is found', async () => {
  const added = join(copy.generatedClient, 'extra.ts');
  await writeFile(added, 'export {};\n');
  expect(await findDrift(copy)).toEqual([added]);
});

test('a composed document that is not current is found', async () => {
  await writeFile(copy.composed, '{}\n');
  expect(await findDrift(copy)).toEqual([copy.composed]);
});
