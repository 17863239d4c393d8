/**
 * A copy of a document in which every text comes out of the generator as it is. The generator prints
 * TypeScript and then replaces each `\u` and four hexadecimal digits by the character: also where
 * they are no escape, but a backslash and five letters in a comment or behind another backslash. So
 * `\u002a\u002f` in a description would end its comment, and what follows would be code. Here such a
 * backslash is written as the escape which that step turns back into a backslash.
 */
export function keepBackslashes(node: unknown): unknown {
  return mapText(node, (text) => text.replace(/\\(?=u[\da-f]{4})/gi, '\\u005c'));
}

/**
 * A copy of a document whose prose cannot end the comment it is put into. The generator itself takes
 * the slash of each end of a comment away, by which two slashes behind an asterisk become a new end.
 */
export function keepComments(node: unknown): unknown {
  return mapText(node, (text, key) => (prose.has(key) ? text.replaceAll('*/', '*\\/') : text));
}

const prose = new Set(['title', 'summary', 'description']);

/** Applies a function to every text and, with no key above it, to every key. */
function mapText(node: unknown, map: (text: string, key: string) => string, key = ''): unknown {
  if (typeof node === 'string') return map(node, key);
  if (Array.isArray(node)) return node.map((item) => mapText(item, map));
  if (typeof node !== 'object' || node === null) return node;
  return Object.fromEntries(
    Object.entries(node).map(([name, value]) => [map(name, ''), mapText(value, map, name)]),
  );
}
