import type { DocumentNode, OpenApiDocument } from './document.js';

/** A property of a message, and what the document says of it. */
export interface Field {
  /** Where in the body, such as `['data', '0', 'videoURL']`. */
  path: string[];
  value: unknown;
  /** Whether the document names it. What is within something that it does not name is not looked at. */
  isDescribed: boolean;
  /** Whether the document says that it is always there. */
  isRequired: boolean;
}

/** More is not looked at; whoever sends it has other troubles. */
const mostFields = 10_000;

/**
 * Makes what lists the properties of a response with what the document says of each.
 *
 * @returns goes along the schemas that may speak about a value: through references, and of
 * alternatives those whose constants fit.
 */
export function createFieldReader(document: OpenApiDocument): (body: unknown) => Field[] {
  const { schemas } = document.components;
  return (body) => {
    const fields: Field[] = [];
    const walk = (value: unknown, nodes: DocumentNode[], path: string[]): void => {
      if (typeof value !== 'object' || value === null || fields.length >= mostFields) return;
      const branches = nodes.flatMap((node) => branchesOf(node, value, schemas));
      // Where nothing is said about what is within, nothing within is unknown.
      if (!branches.some((branch) => branch['properties'] ?? branch['items'])) return;
      const required = branches.flatMap((branch) => (branch['required'] ?? []) as string[]);
      for (const [key, child] of Object.entries(value)) {
        const within = branches.flatMap((branch) => childOf(branch, key));
        const isDescribed = within.length > 0;
        if (!Array.isArray(value)) {
          const isRequired = required.includes(key);
          fields.push({ path: [...path, key], value: child, isDescribed, isRequired });
        }
        if (isDescribed) walk(child, within, [...path, key]);
      }
    };
    walk(body, [{ $ref: '#/components/schemas/ResponseBody' }], []);
    return fields;
  };
}

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
