import type { ManifestEntry } from './manifest-entry.js';

/** Names of notes: what a manifest says for people, which is kept with the item and sent nowhere. */
const notePrefix = 'note:';

/**
 * An item of JSON: the parameters of a request, and beside them `key`, `output` or `outputs`, and notes.
 *
 * @param ignored names of properties that are passed over.
 */
export function jsonEntry(
  value: unknown,
  line: number,
  ignored: ReadonlySet<string>,
): ManifestEntry {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    return { line, params: value };
  }
  const { key, output, outputs, ...others } = value as Record<string, unknown>;
  const params: Record<string, unknown> = {};
  const notes: Record<string, unknown> = {};
  for (const [name, part] of Object.entries(others)) {
    if (ignored.has(name)) continue;
    if (isNote(name)) notes[name.slice(notePrefix.length)] = part;
    else params[name] = part;
  }
  return { line, params, key, output, outputs, ...(Object.keys(notes).length > 0 && { notes }) };
}

/** Whether a column, or a property of a line, is a note. */
export function isNote(name: string): boolean {
  return name.startsWith(notePrefix) && name.length > notePrefix.length;
}
