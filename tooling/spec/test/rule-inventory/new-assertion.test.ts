import { describe, expect, test } from 'vitest';
import { locations } from '../../src/locations.ts';
import { compareRules, type RuleGap } from '../../src/rule-inventory/compare-rules.ts';
import { readInventory } from '../../src/rule-inventory/inventory.ts';
import { newAssertions } from './assertion-samples.ts';
import { partAt, schemaPaths, upstreamWith } from './request-schema.ts';

const inventory = await readInventory(locations.ruleInventory);
const current = upstreamWith();

/** The file in which a person would look for the rules about a schema. */
function expectedFile(path: string[]): string {
  const place = path.join('/');
  const name = /items\/allOf\/[12]/.test(place)
    ? 'audio-source'
    : place.includes('anyOf')
      ? 'media-reference'
      : place.includes('segments')
        ? 'segments'
        : place.includes('activeSpeakerDetection') || place.includes('allOf/0')
          ? 'active-speaker-detection'
          : 'task';
  return `packages/sdk/src/lipsync/rules/${name}.ts`;
}

const filesOf = (lines: string[]) => lines.map((line) => line.split(' ')[1]).sort();

describe('a new assertion', () => {
  const schemas = schemaPaths(current);
  test.each(newAssertions)('%s is found in every schema', (keyword, value) => {
    const document = upstreamWith();
    const missing: string[] = [];
    const changed = new Set<string>();
    for (const path of schemas) {
      const schema = partAt(document, path);
      if (keyword in schema) continue;
      schema[keyword] = value;
      const place = path.join('/');
      const isBranch = /items\/allOf\/\d$/.test(place);
      const [combined] = /^.*?\/(anyOf|oneOf|not|if|then)(?=\/|$)/.exec(place) ?? [];
      if (combined) changed.add(`${combined.replace(/then$/, 'if')} ${expectedFile(path)}`);
      // Beside an "if", an "else" makes another rule of it.
      else if (keyword === 'else' && 'if' in schema)
        changed.add(`${place}/if ${expectedFile(path)}`);
      // Any other new rule of a branch is about the task.
      else missing.push(`${place}/${keyword} ${expectedFile(isBranch ? [] : path)}`);
    }

    const gaps = compareRules(document, inventory);
    const found = (kind: RuleGap['kind']) => gaps.filter((gap) => gap.kind === kind);
    expect(missing.length + changed.size).toBeGreaterThan(10);
    expect(found('vanished')).toEqual([]);
    expect(
      found('missing')
        .map(({ file }) => file)
        .sort(),
    ).toEqual(filesOf(missing));
    expect(
      found('changed')
        .map(({ file }) => file)
        .sort(),
    ).toEqual(filesOf([...changed]));
    for (const line of missing) {
      const [at = ''] = line.split(' ');
      const pointer = at.replace('components/schemas/RequestBody', '#');
      expect(gaps.some(({ add }) => add.some((line) => line.includes(`"${pointer}`)))).toBe(true);
    }
  });

  test('in a new property is missing, at whatever depth', () => {
    for (const path of schemas.filter(
      (path) => partAt(current, path).additionalProperties === false,
    )) {
      const document = upstreamWith();
      partAt(document, path).properties.seed = {
        type: 'object',
        properties: { deep: { const: 1 } },
      };
      const gaps = compareRules(document, inventory);
      expect(gaps.map(({ keyword }) => keyword)).toEqual(['type', 'const']);
      for (const { file } of gaps) expect(file).toBe(expectedFile(path));
    }
  });

  test('is a property about which nothing is said, where others are refused', () => {
    for (const path of schemas.filter(
      (path) => partAt(current, path).additionalProperties === false,
    )) {
      const document = upstreamWith();
      partAt(document, path).properties.seed = { description: 'Anything.' };
      const gaps = compareRules(document, inventory);
      expect(gaps).toEqual([
        expect.objectContaining({ kind: 'missing', file: expectedFile(path) }),
      ]);
      expect(gaps[0]?.field.endsWith('seed')).toBe(true);
    }
  });
});

test.each([
  ...['title', 'description', 'default', 'example', '$comment'].map((name) => [name, 'x']),
  ...['deprecated', 'readOnly', 'writeOnly'].map((name) => [name, true]),
  ...['$defs', 'definitions'].map((name) => [name, { unused: { minLength: 1 } }]),
  ['examples', ['x']],
  ['x-anything', { type: 'string' }],
  ['discriminator', { propertyName: 'x' }],
  ['externalDocs', { url: 'https://example.com' }],
  ['xml', { name: 'x' }],
] as [string, unknown][])('%s asserts nothing in any schema', (keyword, value) => {
  const document = upstreamWith();
  for (const path of schemaPaths(document)) partAt(document, path)[keyword] = value;
  expect(compareRules(document, inventory)).toEqual([]);
});
