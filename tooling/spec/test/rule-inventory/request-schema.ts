import { readFile } from 'node:fs/promises';
import type { OpenApiDocument } from '../../src/compose.ts';
import { locations } from '../../src/locations.ts';

/** A part of a document that a test changes. */
// biome-ignore lint/suspicious/noExplicitAny: the tests go where they know what stands.
export type Editable = any;

const text = await readFile(locations.upstream, 'utf8');

/** The committed upstream document, changed. `task` is the schema of one task. */
export function upstreamWith(
  change: (task: Editable, document: Editable) => void = () => {},
): OpenApiDocument {
  const document = JSON.parse(text);
  change(document.components.schemas.RequestBody.items, document);
  return document;
}

/** What stands below a part of a document. */
export const partAt = (document: OpenApiDocument, path: string[]): Editable =>
  path.reduce((node: Editable, step) => node[step], document);

export const requestBody = ['components', 'schemas', 'RequestBody'];

/** In what is put together by one of these there is one rule about the whole. */
export const combining = /^(not|if|then|anyOf|oneOf)$/;

/** Where the schemas of the request stand in the document. */
export function schemaPaths(document: OpenApiDocument, path = requestBody): string[][] {
  const schema = partAt(document, path);
  const byName = ['properties', 'allOf', 'anyOf', 'oneOf'].flatMap((keyword) =>
    Object.keys(schema[keyword] ?? {}).map((name) => [...path, keyword, name]),
  );
  const single = ['items', 'not', 'if', 'then'].filter((keyword) => keyword in schema);
  const below = [...byName, ...single.map((keyword) => [...path, keyword])];
  return [path, ...below.flatMap((inner) => schemaPaths(document, inner))];
}

/** Where the texts, numbers and so on stand that are in the request schema. */
export function valuePaths(document: OpenApiDocument, path = requestBody): string[][] {
  const node = partAt(document, path);
  if (typeof node !== 'object' || node === null) return [path];
  return Object.keys(node).flatMap((name) => valuePaths(document, [...path, name]));
}
