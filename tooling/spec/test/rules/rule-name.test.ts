import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { locations } from '../../src/locations.ts';
import { readParameters } from '../../src/parameters/read-parameters.ts';
import { listRules } from '../../src/rules/rule-name.ts';

test('every generated rule is found at its parameter', async () => {
  const document = JSON.parse(await readFile(locations.composed, 'utf8'));
  const generated = listRules(document).filter(({ place }) => place.length > 0);
  const listed = readParameters(document, listRules(document)).flatMap(({ rules }) => rules);
  expect(generated.map(({ name }) => name).sort()).toEqual(listed.toSorted());
});
