import { isObject, type JsonObject } from '../diff/pointer.ts';
import { choicesOf } from '../parameters/choices.ts';
import { effectiveSchema } from '../parameters/effective-schema.ts';
import { factsOf } from './facts.ts';

/**
 * A copy of a document in which the description of each property and of each component also says
 * what the types cannot: range, default, the meaning of each choice. A property that refers to a
 * component repeats its words. The generator writes descriptions as doc comments, which editors show.
 */
export function withFacts(document: JsonObject): JsonObject {
  const described = (node: unknown): unknown => {
    const copy = inside(node);
    if (!isObject(copy)) return copy;
    // With a single choice, the generator would write its words in place of those on the property.
    for (const keyword of ['oneOf', 'anyOf']) {
      const choices = choicesOf(document, { [keyword]: copy[keyword] });
      if (!choices) continue;
      delete copy[keyword];
      copy['enum'] = choices.map(({ value }) => value);
    }
    const { schema } = effectiveSchema(document, node);
    const words = schema['description'];
    const paragraphs = [...(words ? [words] : []), ...factsOf(document, schema)];
    if (paragraphs.length > 0) copy['description'] = paragraphs.join('\n\n');
    for (const keyword of ['title', 'deprecated']) {
      if (schema[keyword] !== undefined) copy[keyword] = schema[keyword];
    }
    return copy;
  };

  /** What holds properties at any depth. Members of a union are no properties. */
  const inside = (node: unknown): unknown => {
    if (!isObject(node)) return node;
    const copy = { ...node };
    if (isObject(copy['properties'])) copy['properties'] = each(copy['properties'], described);
    for (const keyword of ['items', 'additionalProperties']) {
      if (keyword in copy) copy[keyword] = inside(copy[keyword]);
    }
    for (const keyword of ['allOf', 'anyOf', 'oneOf', 'prefixItems']) {
      if (Array.isArray(copy[keyword])) copy[keyword] = copy[keyword].map(inside);
    }
    return copy;
  };

  const { components } = document;
  if (!isObject(components) || !isObject(components['schemas'])) return document;
  return {
    ...document,
    components: { ...components, schemas: each(components['schemas'], described) },
  };
}

const each = (schemas: JsonObject, change: (schema: unknown) => unknown): JsonObject =>
  Object.fromEntries(Object.entries(schemas).map(([name, schema]) => [name, change(schema)]));
