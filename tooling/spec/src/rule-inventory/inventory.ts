import { readFile } from 'node:fs/promises';
import { isObject } from '../diff/pointer.ts';
import { SpecError } from '../spec-error.ts';
import type { Assertion } from './assertions.ts';

/** The folder of the rules that are written by hand, from the root of the repository. */
export const rulesFolder = 'packages/sdk/src/lipsync/rules';
export const inventoryFile = `${rulesFolder}/inventory.json`;

/** An assertion of the request schema that a rule implements. */
interface ImplementedAssertion extends Assertion {
  /** As `Issue.rule` reports it. */
  rule: string;
}

/** Which rule implements which assertion of the request schema. */
export interface RuleInventory {
  /** By the file in the folder of the rules. */
  rules: Record<string, ImplementedAssertion[]>;
  /** Those for which there is no rule, and why. */
  withoutRule: (Assertion & { reason: string })[];
}

/**
 * Reads the inventory, which is edited by hand.
 *
 * @throws {SpecError} it is no JSON, or a line lacks something.
 */
export async function readInventory(path: string): Promise<RuleInventory> {
  const text = await readFile(path, 'utf8');
  let inventory: unknown;
  try {
    inventory = JSON.parse(text);
  } catch (error) {
    throw new SpecError(`${inventoryFile} is no JSON: ${(error as Error).message}`);
  }
  const { rules, withoutRule } = Object(inventory);
  if (!isObject(rules) || !Object.values(rules).every(Array.isArray) || !Array.isArray(withoutRule))
    throw new SpecError(`${inventoryFile} must have lists in "rules", by file, and "withoutRule".`);
  const check = (line: unknown, reference: string) => {
    const has = (name: string) => typeof Object(line)[name] === 'string';
    if (has('at') && has(reference) && Object.hasOwn(Object(line), 'value')) return;
    throw new SpecError(
      `${inventoryFile}: every line needs "${reference}", "value" and "at", ` +
        `and this one does not have them: ${JSON.stringify(line)}`,
    );
  };
  for (const line of Object.values(rules).flat()) check(line, 'rule');
  for (const line of withoutRule) check(line, 'reason');
  return { rules, withoutRule } as RuleInventory;
}
