import type { ManifestEntry } from './manifest-entry.js';
import type { TextBlock } from './text-blocks.js';

/**
 * Reads JSON lines: each is an object with the parameters of a request, and with `key` and `output`
 * beside them where they are wanted. Empty lines are passed over.
 */
export function* jsonlEntries({ text, firstLine }: TextBlock): Generator<ManifestEntry> {
  let line = firstLine;
  for (let start = 0; start < text.length; line += 1) {
    const end = text.indexOf('\n', start);
    const content = text.slice(start, end === -1 ? text.length : end);
    start = end === -1 ? text.length : end + 1;
    if (content.trim() !== '') yield entryOf(content, line);
  }
}

function entryOf(content: string, line: number): ManifestEntry {
  try {
    const value: unknown = JSON.parse(content);
    if (typeof value !== 'object' || value === null || Array.isArray(value)) {
      return { line, params: value };
    }
    const { key, output, ...params } = value as Record<string, unknown>;
    return { line, params, key, output };
  } catch (error) {
    const reason = `It is not JSON: ${(error as Error).message}.`;
    return { line, problems: [{ line, pointer: '', reason, severity: 'error' }] };
  }
}
