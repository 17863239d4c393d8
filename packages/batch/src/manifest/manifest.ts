import { basename, dirname, extname, resolve } from 'node:path';
import { ManifestError } from '../errors/manifest-error.js';
import { jsonlEntries } from './jsonl-entries.js';
import type { ManifestEntry } from './manifest-entry.js';
import { type ReadReport, type TextBlock, textBlocks } from './text-blocks.js';

/** A JSONL or CSV file of items. Nothing of it is read before it is planned. */
export class Manifest {
  /** Absolute path of the file. */
  readonly path: string;
  /** Name of the file, for messages. */
  readonly name: string;
  /** Local media are relative to this folder. */
  readonly directory: string;
  /** What was read, once all of it was. */
  report: ReadReport | undefined;

  /** @param path of a file whose name ends in `.csv`, or of any other, which is read as JSONL. */
  constructor(path: string) {
    this.path = resolve(path);
    this.name = basename(this.path);
    this.directory = dirname(this.path);
  }

  /**
   * Reads the file, line by line. Nothing is checked but that a line can be read.
   *
   * @throws {ManifestError} the file cannot be read, or has no items.
   */
  async *entries(): AsyncGenerator<ManifestEntry, void, undefined> {
    let isEmpty = true;
    const blocks = this.#blocks();
    const isCsv = extname(this.path).toLowerCase() === '.csv';
    for await (const entry of isCsv ? await csv(this.path, blocks) : jsonl(blocks)) {
      isEmpty = false;
      yield entry;
    }
    if (isEmpty) throw new ManifestError(`The manifest "${this.path}" has no items.`);
  }

  async *#blocks(): AsyncGenerator<TextBlock, void, undefined> {
    this.report = yield* textBlocks(this.path);
  }
}

async function* jsonl(blocks: AsyncIterable<TextBlock>): AsyncGenerator<ManifestEntry> {
  for await (const block of blocks) yield* jsonlEntries(block);
}

async function csv(path: string, blocks: AsyncIterable<TextBlock>) {
  const { csvEntries } = await import('./csv-entries.js');
  return csvEntries(path, blocks);
}
