import { isObject } from './pointer.ts';

/**
 * A copy in which rules under a condition that every object of their schema meets stand beside its
 * properties, as `allOf`: an overlay puts them under such a condition for the sake of other tools,
 * and what has changed in a rule is found where the object has it.
 */
export function withoutMetConditions(node: unknown): unknown {
  if (Array.isArray(node)) return node.map(withoutMetConditions);
  if (!isObject(node)) return node;
  const { if: condition, then: consequence, ...others } = node;
  const rules = isObject(consequence) && isOnly(consequence, 'allOf') ? consequence['allOf'] : [];
  const isMoved = Array.isArray(rules) && rules.length > 0 && !('allOf' in node || 'else' in node);
  const written = isMoved && isMet(condition, node) ? { ...others, allOf: rules } : node;
  return Object.fromEntries(
    Object.entries(written).map(([name, value]) => [name, withoutMetConditions(value)]),
  );
}

/** Whether a condition asks for nothing but properties that the schema requires. */
function isMet(condition: unknown, { required }: Record<string, unknown>): boolean {
  if (!isObject(condition) || !isOnly(condition, 'required')) return false;
  const asked = condition['required'];
  return (
    Array.isArray(asked) &&
    Array.isArray(required) &&
    asked.every((name) => required.includes(name))
  );
}

const isOnly = (schema: object, keyword: string) => Object.keys(schema).join() === keyword;
