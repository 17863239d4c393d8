import { readFileSync } from 'node:fs';

/** A JSON Schema, as far as the suite walks it. */
export interface Schema {
  [keyword: string]: unknown;
}

/** A schema of a document with every `$ref` written out. */
export interface WrittenOut {
  schema: Schema;
  /** The JSON Pointer in the document at which an object of `schema` stands. */
  pointerOf(node: object): string;
}

/** What may stand beside a `$ref` and asserts nothing. */
const besideReference = ['$ref', 'title', 'description', 'default'];

/**
 * Reads the request schema of a document below `openapi/`, without references, so that a place in
 * it and the `schemaPath` that Ajv reports are the same.
 *
 * @throws {Error} a reference leads nowhere, in a circle, or has assertions beside it.
 */
export function readRequestSchema(file: string): WrittenOut {
  const url = new URL(`../../../../../openapi/${file}`, import.meta.url);
  const document: unknown = JSON.parse(readFileSync(url, 'utf8'));
  const pointers = new WeakMap<object, string>();

  const writeOut = (pointer: string, above: string[]): unknown => {
    const node = at(document, pointer);
    if (typeof node !== 'object' || node === null) return node;
    const { $ref } = node as Schema;
    if (typeof $ref === 'string') {
      const target = $ref.slice(1);
      const others = Object.keys(node).filter((key) => !besideReference.includes(key));
      if (above.includes(target)) throw new Error(`${pointer}: a reference to what encloses it.`);
      if (others.length > 0) throw new Error(`${pointer}: ${others} beside a reference.`);
      return writeOut(target, [...above, target]);
    }
    const entries = Object.keys(node).map((key) => [
      key,
      writeOut(`${pointer}/${escaped(key)}`, above),
    ]);
    const written = Array.isArray(node)
      ? entries.map(([, value]) => value)
      : Object.fromEntries(entries);
    pointers.set(written, pointer);
    return written;
  };

  return {
    schema: writeOut('/components/schemas/RequestBody', []) as Schema,
    pointerOf: (node) => pointers.get(node) ?? '',
  };
}

/** What stands at a JSON Pointer. @throws {Error} nothing does. */
export function at(root: unknown, pointer: string): unknown {
  return pointer
    .split('/')
    .slice(1)
    .reduce<unknown>((node, step) => {
      const key = step.replaceAll('~1', '/').replaceAll('~0', '~');
      const isThere = typeof node === 'object' && node !== null && Object.hasOwn(node, key);
      if (!isThere) throw new Error(`Nothing stands at ${pointer}.`);
      return (node as Schema)[key];
    }, root);
}

export const escaped = (key: string): string => key.replaceAll('~', '~0').replaceAll('/', '~1');
