import { basename, dirname, resolve } from 'node:path';
import { ManifestError } from '../errors/manifest-error.js';
import { bytePieces, type ReadReport } from './byte-pieces.js';
import { jsonlEntries } from './jsonl-entries.js';
import type { ManifestEntry } from './manifest-entry.js';
import { type ManifestFormat, manifestFormat } from './manifest-format.js';
import { type TextBlock, textBlocks } from './text-blocks.js';

/** How a manifest is read. */
export interface ManifestOptions {
  /** Columns of a CSV, or properties of a line of JSON, that are passed over. */
  ignoreColumns?: readonly string[];
}

/**
 * A file of items: JSON lines, a JSON array, or CSV with commas, semicolons or tabs; UTF-8, or UTF-16 with
 * a byte order mark; also packed with gzip. Nothing of it is read before it is planned.
 */
export class Manifest {
  /** Absolute path of the file; `-` is stdin. */
  readonly path: string;
  /** Name of the file, for messages and as the source of its items. */
  readonly name: string;
  /** Local media are relative to this folder: that of the file, or for a pipe that of the process. */
  readonly directory: string;
  /** What was read, once all of it was. */
  report: ReadReport | undefined;
  readonly #ignored: ReadonlySet<string>;
  /** What a pipe gives can be read once. */
  readonly #isPipe: boolean;
  #isRead = false;

  /**
   * @param path of a file or a pipe; `-` is stdin. A name that ends in `.csv` or `.tsv` is CSV, one in
   * `.jsonl` or `.ndjson` is JSON lines, whether `.gz` follows or not; of others the content decides.
   */
  constructor(path: string, { ignoreColumns = [] }: ManifestOptions = {}) {
    this.#isPipe = path === '-' || /^\/(dev|proc)\//.test(path);
    this.path = path === '-' ? path : resolve(path);
    this.name = this.#isPipe ? 'stdin' : basename(this.path);
    this.directory = this.#isPipe ? process.cwd() : dirname(this.path);
    this.#ignored = new Set(ignoreColumns);
  }

  /**
   * Reads the file, line by line. Nothing is checked but that a line can be read.
   *
   * @throws {ManifestError} the file cannot be read, or has no items.
   */
  async *entries(): AsyncGenerator<ManifestEntry, void, undefined> {
    if (this.#isRead && this.#isPipe) {
      throw new ManifestError('What comes through a pipe can be read once. Give it once more.');
    }
    this.#isRead = true;
    let isEmpty = true;
    const pieces = bytePieces(this.path, (report) => {
      this.report = report;
    });
    const blocks = textBlocks(this.path, pieces);
    const { value: first } = await blocks.next();
    if (first) {
      const format = manifestFormat(this.name, first.text);
      for await (const entry of this.#entriesOf(format, chain(first, blocks))) {
        isEmpty = false;
        yield entry;
      }
    }
    if (isEmpty) throw new ManifestError(`The manifest "${this.path}" has no items.`);
  }

  async *#entriesOf(
    format: ManifestFormat,
    blocks: AsyncIterable<TextBlock>,
  ): AsyncGenerator<ManifestEntry> {
    if (format === 'jsonl') {
      for await (const block of blocks) yield* jsonlEntries(block, this.#ignored);
    } else if (format === 'array') {
      const { arrayEntries } = await import('./array-entries.js');
      yield* arrayEntries(this.path, blocks, this.#ignored);
    } else {
      const { csvEntries } = await import('./csv-entries.js');
      yield* csvEntries(this.path, blocks, { ignored: this.#ignored });
    }
  }
}

async function* chain<Value>(
  first: Value,
  rest: AsyncGenerator<Value, void, undefined>,
): AsyncGenerator<Value> {
  try {
    yield first;
    yield* rest;
  } finally {
    await rest.return();
  }
}
