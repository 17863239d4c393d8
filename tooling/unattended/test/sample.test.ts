import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { sample, sampleTakenBack } from '../src/cases/sample.ts';
import { RepositoryCopy } from '../src/repository-copy.ts';
import { tryChange } from '../src/try-change.ts';

const document = new URL('../../../openapi/upstream/sync-3.json', import.meta.url);
const upstream = JSON.parse(readFileSync(document, 'utf8'));

/** In `pnpm soak`, which runs the tests in the mode of this name, the change is taken back as well. */
const isSoak = process.env['MODE'] === 'soak';

let copy: RepositoryCopy;
beforeAll(async () => {
  copy = await RepositoryCopy.create();
});
afterAll(() => copy.remove());

test(`a changed document reaches types, rules, client, command, columns, mock server and reference${isSoak ? ', and goes again' : ''}, with no line written by hand`, async () => {
  expect(await tryChange(copy, sample(upstream))).toEqual([]);
  if (!isSoak) return;
  await copy.commit();
  expect(await tryChange(copy, sampleTakenBack(upstream))).toEqual([]);
});
