import { readFileSync } from 'node:fs';

/** A line of the inventory: an assertion of the request schema, and the rule that implements it. */
export interface InventoryLine {
  rule: string;
  /** What the schema says; of `required` and `dependentRequired`, one name. */
  value: unknown;
  /** Pointer of the keyword in the schema of the request. */
  at: string;
  /** Path of the file with the rule, from the root of the repository. */
  file: string;
}

export const rulesFolder = 'packages/sdk/src/lipsync/rules';

const url = new URL('../../src/lipsync/rules/inventory.json', import.meta.url);
const { rules } = JSON.parse(readFileSync(url, 'utf8')) as {
  rules: Record<string, Omit<InventoryLine, 'file'>[]>;
};

export const inventoryLines: InventoryLine[] = Object.entries(rules).flatMap(([name, lines]) =>
  lines.map((line) => ({ ...line, file: `${rulesFolder}/${name}` })),
);

/** The `Assertion.id` of what the line is about: for a part of a combined rule, of the whole. */
export function assertionIdOf({ at, value }: InventoryLine): string {
  const inTask = at.replace('#/items', '#');
  const [whole] = /^.*?\/(?:anyOf|oneOf|not|if|then|else)(?=\/|$)/.exec(inTask) ?? [];
  if (whole) return whole.replace(/(then|else)$/, 'if');
  const [, pair, given] = /^(.*\/dependentRequired)\/(.+)$/.exec(inTask) ?? [];
  if (pair) return `${pair} ${given} ${value}`;
  return inTask.endsWith('/required') ? `${inTask} ${value}` : inTask;
}
