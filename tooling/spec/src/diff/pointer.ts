/** A JSON object, as it stands in a document. */
export type JsonObject = Record<string, unknown>;

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The parts of a JSON Pointer (`#/a/b` or `/a/b`), unescaped. */
export function partsOf(pointer: string): string[] {
  return pointer
    .replace(/^#/, '')
    .split('/')
    .slice(1)
    .map((part) => decodePart(part).replaceAll('~1', '/').replaceAll('~0', '~'));
}

/** A JSON Pointer with its `#`. */
export function pointerOf(parts: string[]): string {
  return ['#', ...parts.map((part) => part.replaceAll('~', '~0').replaceAll('/', '~1'))].join('/');
}

/** What stands at a pointer; `undefined` where nothing does. */
export function at(root: unknown, pointer: string): unknown {
  return partsOf(pointer).reduce<unknown>(step, root);
}

export function step(node: unknown, part: string): unknown {
  if (typeof node !== 'object' || node === null || !Object.hasOwn(node, part)) return undefined;
  return (node as JsonObject)[part];
}

/** What a reference leads to; anything else is itself. A circle of references leads nowhere. */
export function resolve(document: JsonObject, node: unknown): unknown {
  const seen = new Set<unknown>();
  let target = node;
  while (isObject(target) && typeof target['$ref'] === 'string') {
    if (seen.has(target)) return undefined;
    seen.add(target);
    target = at(document, target['$ref']);
  }
  return target;
}

/** The target of every `$ref` in a part of a document. */
export function referencesIn(node: unknown): string[] {
  if (Array.isArray(node)) return node.flatMap(referencesIn);
  if (!isObject(node)) return [];
  return Object.entries(node).flatMap(([key, value]) =>
    key === '$ref' && typeof value === 'string' ? [value] : referencesIn(value),
  );
}

/** A pointer in a `$ref` may be percent-encoded; a `%` that begins no escape is one. */
function decodePart(part: string): string {
  if (!part.includes('%')) return part;
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
