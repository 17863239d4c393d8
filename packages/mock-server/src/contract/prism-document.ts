import type { DocumentNode, OpenApiDocument } from './document.js';

/**
 * The document as Prism is given it. It accepts the same messages, with two differences that make
 * up for faults of Prism:
 *
 * - fractional `multipleOf` is left out, because Prism refuses 0.07 and 1.13 for `multipleOf: 0.01`
 *   (stoplightio/prism#1997, closed); `decimal-multiples.ts` checks it instead;
 * - a `oneOf` with a discriminator is written as a chain of `if`, because Prism does not follow
 *   discriminators and would report the faults of every branch.
 */
export function prismDocument(document: OpenApiDocument): OpenApiDocument {
  return rewrite(structuredClone(document), document) as OpenApiDocument;
}

function rewrite(node: unknown, document: OpenApiDocument): unknown {
  if (Array.isArray(node)) return node.map((element) => rewrite(element, document));
  if (typeof node !== 'object' || node === null) return node;
  const rewritten: DocumentNode = {};
  for (const [key, value] of Object.entries(node)) {
    if (key === 'multipleOf' && !Number.isInteger(value)) continue;
    rewritten[key] = rewrite(value, document);
  }
  return 'discriminator' in rewritten ? asConditions(rewritten) : rewritten;
}

function asConditions({ oneOf: _, discriminator, ...schema }: DocumentNode): DocumentNode {
  const { propertyName, mapping } = discriminator as {
    propertyName: string;
    mapping: Record<string, string>;
  };
  const chain = Object.entries(mapping).reduceRight<DocumentNode | undefined>(
    (otherwise, [value, $ref]) => ({
      if: { required: [propertyName], properties: { [propertyName]: { const: value } } },
      // biome-ignore lint/suspicious/noThenProperty: the JSON Schema keyword
      then: { $ref },
      ...(otherwise && { else: otherwise }),
    }),
    undefined,
  );
  return {
    ...schema,
    properties: { [propertyName]: { type: 'string', enum: Object.keys(mapping) } },
    ...chain,
  };
}
