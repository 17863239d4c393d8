import fc from 'fast-check';
import { expect, test } from 'vitest';
import { locations } from '../../src/locations.ts';
import { compareRules } from '../../src/rule-inventory/compare-rules.ts';
import { readInventory } from '../../src/rule-inventory/inventory.ts';
import { type Editable, partAt, schemaPaths, upstreamWith } from './request-schema.ts';

/** Dozens of comparisons, on a machine that may be busy. */
const slow = { timeout: 60_000 };

const inventory = await readInventory(locations.ruleInventory);
const schemas = schemaPaths(upstreamWith());

const isObject = (value: unknown) => typeof value === 'object' && value !== null;

/** The same, with the names of every object and the elements of every list in another order. */
function shuffled(value: Editable, random: () => number): Editable {
  const mix = <Element>(list: Element[]) =>
    list
      .map((element) => ({ element, rank: random() }))
      .sort((one, other) => one.rank - other.rank)
      .map(({ element }) => element);
  if (Array.isArray(value)) return mix(value.map((element) => shuffled(element, random)));
  if (!isObject(value)) return value;
  return Object.fromEntries(
    mix(Object.entries(value)).map(([name, part]) => [name, shuffled(part, random)]),
  );
}

const randomNumbers = fc.infiniteStream(fc.double({ min: 0, max: 1, noNaN: true }));

test('another order of anything changes nothing', slow, () => {
  const check = fc.property(randomNumbers, (numbers) => {
    const document = upstreamWith((_, { components }) => {
      const next = () => numbers.next().value ?? 0;
      components.schemas.RequestBody = shuffled(components.schemas.RequestBody, next);
    });
    expect(compareRules(document, inventory)).toEqual([]);
  });
  fc.assert(check, { numRuns: 60 });
});

test('a schema that is moved behind a reference changes nothing, wherever it is', slow, () => {
  const moved = fc.uniqueArray(fc.nat(schemas.length - 1), { minLength: 1, maxLength: 6 });
  const check = fc.property(moved, (indices) => {
    const document = upstreamWith((_, { components }) => {
      // What is inside has to move first.
      for (const index of indices.sort((one, other) => other - one)) {
        const path = schemas[index] ?? [];
        if (path.length < 4) continue;
        const parent = partAt({ components }, path.slice(0, -1));
        const name = path.at(-1) ?? '';
        components.schemas[`Moved~/${index}`] = parent[name];
        parent[name] = { $ref: `#/components/schemas/Moved~0~1${index}`, title: 'Moved' };
      }
    });
    expect(compareRules(document, inventory)).toEqual([]);
  });
  fc.assert(check, { numRuns: 60 });
});

test('a schema that is put into an allOf changes nothing, wherever it is', slow, () => {
  for (const path of schemas.slice(1)) {
    const document = upstreamWith();
    const parent = partAt(document, path.slice(0, -1));
    const name = path.at(-1) ?? '';
    parent[name] = { allOf: [{}, parent[name]] };
    expect(compareRules(document, inventory), path.join('/')).toEqual([]);
  }
});

test('other rules that are new in a list leave those alone that have moved in it', () => {
  const document = upstreamWith(({ allOf }) => {
    allOf.splice(2, 0, { oneOf: [{ required: ['ttl'] }, { required: ['safety'] }] });
  });
  const gaps = compareRules(document, inventory);
  expect(gaps).toEqual([expect.objectContaining({ kind: 'missing', keyword: 'oneOf' })]);

  // And when its lines have been added, although their pointers are those of other lines.
  const added = gaps[0]?.add.map((line) => JSON.parse(line)) ?? [];
  const rules = {
    ...inventory.rules,
    'task.ts': [...(inventory.rules['task.ts'] ?? []), ...added],
  };
  expect(compareRules(document, { ...inventory, rules })).toEqual([]);
});

test('properties that leave the schema that refuses all others are refused by it', () => {
  const document = upstreamWith(({ properties, allOf }) => {
    const { ttl, safety } = properties;
    delete properties.ttl;
    delete properties.safety;
    allOf.push({ properties: { ttl, safety } });
  });
  expect(compareRules(document, inventory)).toEqual([
    expect.objectContaining({
      kind: 'changed',
      rule: 'additionalProperties',
      upstream: 'additionalProperties false, which refuses also safety, ttl',
      inventory: 'additionalProperties false',
    }),
  ]);
});
