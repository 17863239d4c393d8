import { isObject } from './diff/pointer.ts';

/**
 * A copy of a schema, or of anything that holds schemas, without the branches that assert and have
 * no shape of their own: `not`, `if`/`then`, and members of `allOf`, `anyOf` or `oneOf` that only
 * say `required` or `format`. TypeScript cannot express them, and the generator would write
 * `unknown & …` for them. The complete schemas are generated beside the types.
 */
export function typeable(node: unknown): unknown {
  if (Array.isArray(node)) return node.map(typeable);
  if (!isObject(node)) return node;
  const kept: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(node)) {
    if (named.has(key) && isObject(value)) {
      // The keys in there are names, `if` and `not` included.
      const schemas = Object.entries(value).map(([name, schema]) => [name, typeable(schema)]);
      kept[key] = Object.fromEntries(schemas);
    } else if (isCombinator(key) && Array.isArray(value)) {
      const branches = value.filter(hasShape);
      if (branches.length > 0) kept[key] = branches.map(typeable);
    } else if (!conditionals.has(key)) {
      kept[key] = typeable(value);
    }
  }
  return kept;
}

const named = new Set(['properties', 'patternProperties', 'schemas']);
const conditionals = new Set(['not', 'if', 'then', 'else']);
const shapes = ['type', '$ref', 'const', 'enum', 'items'];

function isCombinator(key: string): boolean {
  return key === 'allOf' || key === 'anyOf' || key === 'oneOf';
}

function hasShape(branch: unknown): boolean {
  if (!isObject(branch)) return false;
  return (
    shapes.some((key) => key in branch) ||
    Object.entries(branch).some(
      ([key, value]) => isCombinator(key) && Array.isArray(value) && value.some(hasShape),
    )
  );
}
