import { extname } from 'node:path';
import { dialectOf } from './csv-dialect.js';

/** How a manifest is written. */
export type ManifestFormat = 'csv' | 'jsonl' | 'array';

const byExtension: Readonly<Record<string, ManifestFormat>> = {
  '.csv': 'csv',
  '.tsv': 'csv',
  '.jsonl': 'jsonl',
  '.ndjson': 'jsonl',
};

/**
 * How a manifest is written: as its name says, or else as it begins.
 *
 * @param name of the file.
 * @param text its first lines.
 */
export function manifestFormat(name: string, text: string): ManifestFormat {
  const known = byExtension[extname(name.replace(/\.gz$/i, '')).toLowerCase()];
  if (known) return known;
  const [character] = text.trimStart();
  if (character === '[') return 'array';
  return character !== '{' && dialectOf(text).hasKnownColumn ? 'csv' : 'jsonl';
}
