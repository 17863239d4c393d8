import { jsonEntry } from './json-entry.js';
import type { ManifestEntry } from './manifest-entry.js';
import type { TextBlock } from './text-blocks.js';

/**
 * Reads JSON lines: each is an object with the parameters of a request, and with `key` and `output`
 * beside them where they are wanted. Empty lines are passed over.
 *
 * @param ignored names of properties that are passed over.
 */
export function* jsonlEntries(
  { text, firstLine }: TextBlock,
  ignored: ReadonlySet<string>,
): Generator<ManifestEntry> {
  let line = firstLine;
  for (let start = 0; start < text.length; line += 1) {
    const end = text.indexOf('\n', start);
    const content = text.slice(start, end === -1 ? text.length : end);
    start = end === -1 ? text.length : end + 1;
    if (content.trim() !== '') yield entryOf(content, line, ignored);
  }
}

function entryOf(content: string, line: number, ignored: ReadonlySet<string>): ManifestEntry {
  let value: unknown;
  try {
    value = JSON.parse(content);
  } catch (error) {
    const reason = `It is not JSON: ${(error as Error).message}.`;
    return { line, problems: [{ line, pointer: '', reason, severity: 'error' }] };
  }
  return jsonEntry(value, line, ignored);
}
