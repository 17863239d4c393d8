import type { Part } from '../../../spec/test/diff/document-parts.ts';
import { dotted, places } from '../places.ts';
import { objectKind, type PropertyKind, scalarKinds } from '../property-kinds.ts';
import type { Case, NewProperty } from '../try-case.ts';

const kinds = [...scalarKinds, objectKind];

/** `tryNumberOfTts`, so that every name is used once. */
function nameOf(kind: PropertyKind, path: readonly string[]): string {
  const place = path.filter((name) => name !== '[]').at(-1) ?? 'task';
  return `try${kind.name}Of${place.charAt(0).toUpperCase()}${place.slice(1)}`;
}

/** Adds properties of these kinds to every object of the request that the document has. */
function addEverywhere(document: Part, added: readonly PropertyKind[]): NewProperty[] {
  return places.flatMap(({ path, schemaIn, job }) => {
    const schema = schemaIn(document);
    if (!schema) return [];
    return added.map((kind): NewProperty => {
      const name = nameOf(kind, path);
      schema.properties[name] = kind.schema;
      const { legal, illegal, wrongType } = kind;
      const isScalar = kind !== objectKind;
      return { path: [...path, name], job, legal, illegal, wrongType, isScalar };
    });
  });
}

/** One change that adds all of the kinds at all of the places. */
export function everythingAdded(upstream: Part, added: readonly PropertyKind[] = kinds): Case {
  const properties = addEverywhere(structuredClone(upstream), added);
  return {
    name: `${properties.length} new properties: ${added.map(({ name }) => name).join(', ')} at every place`,
    change: (document) => void addEverywhere(document, added),
    bump: 'minor',
    says: properties.map(({ path }) => dotted(path)),
    properties,
  };
}

/** Each kind alone, at every place. */
export const eachKindAdded = (upstream: Part): Case[] =>
  kinds.map((kind) => everythingAdded(upstream, [kind]));
