import type { DocumentNode, OpenApiDocument } from './document.js';

/** A property that the document does not describe. */
export interface UnknownField {
  /** Where in the body, such as `['data', '0', 'progressText']`. */
  path: string[];
  value: unknown;
}

/** More is not looked at; whoever sends it has other troubles. */
const mostFields = 100;

/**
 * Finds the properties of a response that its schema does not name. They are allowed, since Runware
 * adds some without notice; this is how one learns of them.
 */
export function createUnknownFields(document: OpenApiDocument): (body: unknown) => UnknownField[] {
  const { schemas } = document.components;
  return (body) => {
    const found: UnknownField[] = [];
    const walk = (value: unknown, nodes: DocumentNode[], path: string[]): void => {
      if (typeof value !== 'object' || value === null || found.length >= mostFields) return;
      const branches = nodes.flatMap((node) => branchesOf(node, value, schemas));
      // Where nothing is said about what is within, nothing within is unknown.
      if (!branches.some((branch) => branch['properties'] ?? branch['items'])) return;
      for (const [key, child] of Object.entries(value)) {
        const within = branches.flatMap((branch) => childOf(branch, key));
        if (within.length > 0) walk(child, within, [...path, key]);
        else if (!Array.isArray(value)) found.push({ path: [...path, key], value: child });
      }
    };
    walk(body, [{ $ref: '#/components/schemas/ResponseBody' }], []);
    return found.slice(0, mostFields);
  };
}

/** The schemas that may speak about a value: through references, and of alternatives those that fit. */
function branchesOf(
  node: DocumentNode,
  value: object,
  schemas: Record<string, DocumentNode>,
): DocumentNode[] {
  const name = String(node['$ref'] ?? '').replace('#/components/schemas/', '');
  const referred = schemas[name];
  const others = ['allOf', 'anyOf', 'oneOf'].flatMap((key) => (node[key] ?? []) as DocumentNode[]);
  return [
    node,
    ...(referred ? branchesOf(referred, value, schemas) : []),
    ...others
      .map((other) => branchesOf(other, value, schemas))
      .filter((branches) => branches.every((branch) => mayBe(branch, value)))
      .flat(),
  ];
}

/** Whether the constants of a schema leave it possible that a value is meant by it. */
function mayBe({ properties }: DocumentNode, value: object): boolean {
  return Object.entries((properties ?? {}) as Record<string, DocumentNode>).every(
    ([key, schema]) => {
      if (!('const' in schema) || !Object.hasOwn(value, key)) return true;
      return schema['const'] === (value as DocumentNode)[key];
    },
  );
}

function childOf({ properties, items }: DocumentNode, key: string): DocumentNode[] {
  if (items && /^\d+$/.test(key)) return [items as DocumentNode];
  const known = (properties ?? {}) as Record<string, DocumentNode>;
  const child = Object.hasOwn(known, key) ? known[key] : undefined;
  return child ? [child] : [];
}
