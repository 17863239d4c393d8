import type { DocumentNode, OpenApiDocument } from './document.js';

/** The values that a parameter of a task takes, if the document lists them. */
export function allowedValuesAt(
  document: OpenApiDocument,
  taskType: unknown,
  path: string[],
): unknown[] | undefined {
  const { schemas } = document.components;
  const { discriminator } = schemas['Task'] as { discriminator: { mapping: object } };
  const mapping: Record<string, string> = { ...discriminator.mapping };
  const isKnown = typeof taskType === 'string' && Object.hasOwn(mapping, taskType);
  if (!isKnown) return path.join() === 'taskType' ? Object.keys(mapping) : undefined;
  const start: DocumentNode = { $ref: mapping[taskType] };
  const schema = path.reduce<DocumentNode | undefined>(
    (node, step) => node && child(resolve(node, schemas), step),
    start,
  );
  return schema && valuesOf(resolve(schema, schemas));
}

function resolve(node: DocumentNode, schemas: Record<string, DocumentNode>): DocumentNode {
  const name = String(node['$ref'] ?? '').replace('#/components/schemas/', '');
  return schemas[name] ?? node;
}

function child({ properties, items }: DocumentNode, step: string): DocumentNode | undefined {
  if (items && /^\d+$/.test(step)) return items as DocumentNode;
  const known = (properties ?? {}) as Record<string, DocumentNode>;
  return Object.hasOwn(known, step) ? known[step] : undefined;
}

/** From `const`, `enum`, or a `oneOf` of constants. */
function valuesOf(schema: DocumentNode): unknown[] | undefined {
  if ('const' in schema) return [schema['const']];
  if (Array.isArray(schema['enum'])) return schema['enum'];
  const branches = (schema['oneOf'] ?? []) as DocumentNode[];
  if (branches.length === 0 || !branches.every((branch) => 'const' in branch)) return undefined;
  return branches.map((branch) => branch['const']);
}
