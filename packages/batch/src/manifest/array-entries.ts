import { JSONParser } from '@streamparser/json';
import { ManifestError } from '../errors/manifest-error.js';
import { jsonEntry } from './json-entry.js';
import type { ManifestEntry } from './manifest-entry.js';
import type { TextBlock } from './text-blocks.js';

/**
 * Reads a JSON array of items, one after the other. The line of an item is its place in the array, from 1.
 *
 * @throws {ManifestError} it is no JSON.
 */
export async function* arrayEntries(
  path: string,
  blocks: AsyncIterable<TextBlock>,
  ignored: ReadonlySet<string>,
): AsyncGenerator<ManifestEntry> {
  const parser = new JSONParser({ paths: ['$.*'], keepStack: false });
  let values: unknown[] = [];
  let place = 0;
  parser.onValue = ({ value }) => {
    values.push(value);
  };
  for await (const { text } of blocks) {
    try {
      parser.write(text);
    } catch (cause) {
      const where = `after ${place + values.length} items`;
      const reason = (cause as Error).message;
      throw new ManifestError(`The manifest "${path}" is no JSON array ${where}: ${reason}.`, {
        cause,
      });
    }
    for (const value of values) {
      place += 1;
      yield jsonEntry(value, place, ignored);
    }
    values = [];
  }
  if (!parser.isEnded) {
    throw new ManifestError(`The manifest "${path}" ends within its JSON array.`);
  }
}
