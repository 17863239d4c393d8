import { describe, expect, test } from 'vitest';
import { locations } from '../../src/locations.ts';
import { type Assertion, assertionsOf } from '../../src/rule-inventory/assertions.ts';
import { compareRules } from '../../src/rule-inventory/compare-rules.ts';
import { readInventory } from '../../src/rule-inventory/inventory.ts';
import { printGaps } from '../../src/rule-inventory/print-gaps.ts';
import { combining, partAt, requestBody, upstreamWith, valuePaths } from './request-schema.ts';

/** Hundreds of comparisons, on a machine that may be busy. */
const slow = { timeout: 60_000 };

const inventory = await readInventory(locations.ruleInventory);
const current = upstreamWith();

test('every assertion of the request schema is in the inventory, and no other', () => {
  const gaps = compareRules(current, inventory);
  if (gaps.length > 0) throw new Error(`The rules fall behind upstream.\n\n${printGaps(gaps)}`);
});

/** Below the schema of the request: where an assertion stands, and the rule and file it is of. */
const lines = [
  ...Object.entries(inventory.rules).flatMap(([name, rules]) =>
    rules.map((line) => ({ ...line, file: `packages/sdk/src/lipsync/rules/${name}` })),
  ),
  ...inventory.withoutRule.map((line) => ({
    ...line,
    rule: undefined,
    file: 'packages/sdk/src/lipsync/rules/inventory.json',
  })),
];

function stepsTo({ at }: Assertion): string[] {
  return at.split('/').slice(1);
}

const isPart = (line: Assertion) => stepsTo(line).some((step) => combining.test(step));
const isNamed = ({ at }: Assertion) => /\/(required|dependentRequired\/\w+)$/.test(at);

/** The property that is the last on the way, or that `required` names. */
function lastName(line: Assertion): string {
  const steps = stepsTo(line);
  const end = steps.findIndex((step) => combining.test(step));
  const way = end < 0 ? steps : steps.slice(0, end);
  if (way.at(-1) === 'required') return String(line.value);
  if (way.at(-2) === 'dependentRequired') return way.at(-1) ?? '';
  const last = way.lastIndexOf('properties');
  return last < 0 ? '' : (way[last + 1] ?? '');
}

describe('an assertion of the request schema:', () => {
  test.each(lines)('$at $value, when it is gone', (line) => {
    const path = [...requestBody, ...stepsTo(line)];
    const name = path.pop() ?? '';
    const document = upstreamWith();
    const schema = partAt(document, path);
    if (isNamed(line)) schema[name].splice(schema[name].indexOf(line.value), 1);
    else delete schema[name];

    const [gap, ...others] = compareRules(document, inventory);
    const vanished = [gap, ...others].filter((other) => other?.kind === 'vanished');
    if (isPart(line)) expect(others).toEqual([]);
    // A property about which nothing is said any more is still one of those that are known.
    else expect(vanished).toHaveLength(1);
    const found = isPart(line) ? gap : vanished[0];
    expect(found).toMatchObject({ file: line.file });
    expect(found?.rule).toBe(line.rule);
    expect(found?.field).toContain(lastName(line));
    expect(found?.remove.join('\n')).toContain(line.at);
  });

  test.each(lines)('$at $value, when it says something else', (line) => {
    const path = [...requestBody, ...stepsTo(line)];
    const name = path.pop() ?? '';
    const document = upstreamWith();
    const schema = partAt(document, path);
    if (isNamed(line)) schema[name][schema[name].indexOf(line.value)] = 'other';
    else schema[name] = otherValue(line.value);

    const gaps = compareRules(document, inventory);
    const kinds = gaps.map(({ kind }) => kind);
    // Which properties must be there is a question of each of them.
    expect(kinds).toEqual(isNamed(line) && !isPart(line) ? ['missing', 'vanished'] : ['changed']);
    for (const gap of gaps) expect(gap.file).toBe(line.file);
    expect(gaps.at(-1)?.rule).toBe(line.rule);
    expect(gaps.at(-1)?.field).toContain(lastName(line));
    expect(gaps.at(-1)?.upstream).not.toBe(gaps.at(-1)?.inventory);
  });
});

function otherValue(value: unknown): unknown {
  if (typeof value === 'number') return value + 1;
  if (Array.isArray(value)) return [...value, 'other'];
  return value === false ? { type: 'string' } : `${value}-other`;
}

test(
  'whatever is edited in the request schema is noticed, unless it is prose or a default',
  slow,
  () => {
    const unnoticed = valuePaths(current).filter((path) => {
      const document = upstreamWith();
      const steps = path.slice(0, -1);
      const name = path.at(-1) ?? '';
      const parent = partAt(document, steps);
      parent[name] = typeof parent[name] === 'number' ? parent[name] + 1 : `${parent[name]}-other`;
      return compareRules(document, inventory).length === 0;
    });
    const keywords = new Set(
      unnoticed.map((path) => (path.includes('definitions') ? 'definitions' : path.at(-1))),
    );
    expect([...keywords].sort()).toEqual(['default', 'definitions', 'description', 'title']);
  },
);

test('the walk finds as many assertions as the inventory has lines', () => {
  expect(assertionsOf(current)).toHaveLength(lines.length);
});
