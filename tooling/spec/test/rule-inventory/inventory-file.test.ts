import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { locations } from '../../src/locations.ts';
import { readInventory } from '../../src/rule-inventory/inventory.ts';
import { SpecError } from '../../src/spec-error.ts';

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sync3-inventory-'));
});
afterEach(() => rm(folder, { recursive: true }));

async function reading(text: string) {
  const path = join(folder, 'inventory.json');
  await writeFile(path, text);
  return readInventory(path);
}

test.each([
  ['no JSON', '{ "rules": {', /inventory\.json is no JSON/],
  ['a list', '[]', /must have lists in "rules"/],
  ['without reasons', '{ "rules": {} }', /"withoutRule"/],
  ['with a rule that is no list', '{ "rules": { "task.ts": {} }, "withoutRule": [] }', /lists/],
  [
    'with a line that names no rule',
    '{ "rules": { "task.ts": [{ "at": "#/x", "value": 1 }] }, "withoutRule": [] }',
    /every line needs "rule", "value" and "at", .*\{"at":"#\/x","value":1\}/,
  ],
  [
    'with a line that has no value',
    '{ "rules": { "task.ts": [{ "at": "#/x", "rule": "x" }] }, "withoutRule": [] }',
    /every line needs "rule"/,
  ],
  [
    'with a line that gives no reason',
    '{ "rules": {}, "withoutRule": [{ "at": "#/x", "value": 1 }] }',
    /every line needs "reason"/,
  ],
])('an inventory %s is refused, and the message says what is wrong', async (_, text, message) => {
  await expect(reading(text)).rejects.toThrow(message);
  await expect(reading(text)).rejects.toThrow(SpecError);
});

test('every assertion of the committed inventory stands on a line of its own', async () => {
  const lines = (await readFile(locations.ruleInventory, 'utf8')).split('\n');
  const { rules, withoutRule } = await readInventory(locations.ruleInventory);
  const ofRules = Object.values(rules).flat();
  for (const line of lines) expect(line.match(/"at":/g)?.length ?? 0).toBeLessThanOrEqual(1);
  expect(lines.filter((line) => line.includes('"at":'))).toHaveLength(
    ofRules.length + withoutRule.length,
  );
});
