import type { Place } from './legal-value.js';
import type { Schema } from './schema-document.js';

/** Every property that a schema, or a part of it, asks for with `required`. */
export function requiredPlaces(schema: Schema, at: Place = []): Place[] {
  const { required = [], properties = {}, allOf = [], anyOf = [], oneOf = [] } = schema;
  const { not, if: condition, then: consequence } = schema;
  const parts = [allOf, anyOf, oneOf, not ?? [], condition ?? [], consequence ?? []].flat();
  const places = [
    ...(required as string[]).map((name) => [...at, name]),
    ...Object.entries(properties as Record<string, Schema>).flatMap(([name, property]) =>
      requiredPlaces(property, [...at, name]),
    ),
    ...parts.flatMap((part) => requiredPlaces(part as Schema, at)),
  ];
  return [...new Map(places.map((place) => [place.join('/'), place])).values()];
}
