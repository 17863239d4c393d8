import { pipeline, Readable } from 'node:stream';
import { type CsvError, type Info, parse } from 'csv-parse';
import { ManifestError } from '../errors/manifest-error.js';
import {
  type Columns,
  columns as columnsOfDocument,
  faultOfHeader,
  readCell,
} from './csv-columns.js';
import { dialectOf } from './csv-dialect.js';
import { isNote, jsonEntry } from './json-entry.js';
import type { LineProblem } from './line-problem.js';
import type { ManifestEntry } from './manifest-entry.js';
import { longestLine, type TextBlock } from './text-blocks.js';

/** How a CSV is read. */
interface CsvOptions {
  columns?: Columns;
  /** Columns that are passed over. */
  ignored?: ReadonlySet<string>;
}

/**
 * Reads a CSV (RFC 4180, also with semicolons or tabs: quotes are doubled, cells may span lines). The first line names the
 * columns: dotted paths of the parameters, `key` and `output`, and notes. An empty cell is a parameter that
 * is left out. Empty lines are passed over.
 *
 * @throws {ManifestError} the header has an unknown, missing or repeated column, or quotes are wrong,
 * so that nobody can say where the next line begins.
 */
export async function* csvEntries(
  path: string,
  blocks: AsyncIterable<TextBlock>,
  { columns = columnsOfDocument, ignored = new Set() }: CsvOptions = {},
): AsyncGenerator<ManifestEntry, void, undefined> {
  const [first, all] = await peek(blocks);
  const { delimiter, headerStart } = dialectOf(first);
  const parser = parse({
    delimiter,
    info: true,
    raw: true,
    skip_empty_lines: true,
    relax_column_count: true,
    max_record_size: longestLine,
  });
  const source = Readable.from(texts(all, headerStart));
  // The parser passes on what goes wrong before it.
  pipeline(source, parser, () => {});
  let names: string[] | undefined;
  /** Line ends of two characters within cells, which the parser counts twice. */
  let countedTwice = 0;
  const linesBefore = headerStart > 0 ? 1 : 0;
  try {
    for await (const { record, info, raw } of parser as AsyncIterable<CsvRow>) {
      const content = raw.trim();
      countedTwice += content.split('\r\n').length - 1;
      // The parser says where a record ends.
      const line = linesBefore + info.lines - countedTwice - (content.split('\n').length - 1);
      if (names) yield entryOf(names, record, line, columns, ignored);
      else {
        names = record.map((name) => name.trim());
        const fault = faultOfHeader(
          names.filter((name) => !ignored.has(name)),
          columns,
        );
        if (fault) throw new ManifestError(`The header of the manifest "${path}" ${fault}`);
      }
    }
  } catch (error) {
    const { code, lines, message } = error as CsvError & { lines?: number };
    if (!`${code}`.startsWith('CSV_')) throw error;
    const where = lines === undefined ? '' : ` near line ${linesBefore + lines - countedTwice}`;
    throw new ManifestError(`The manifest "${path}" is no proper CSV${where}: ${message}.`, {
      cause: error,
    });
  } finally {
    source.destroy();
  }
}

interface CsvRow {
  record: string[];
  info: Info;
  raw: string;
}

/** The first text, and all blocks. */
async function peek(
  blocks: AsyncIterable<TextBlock>,
): Promise<[string, AsyncGenerator<TextBlock>]> {
  const iterator = blocks[Symbol.asyncIterator]();
  const { value: first } = await iterator.next();
  async function* all() {
    try {
      if (first) yield first;
      yield* { [Symbol.asyncIterator]: () => iterator };
    } finally {
      await iterator.return?.();
    }
  }
  return [first?.text ?? '', all()];
}

/** @param start characters of the first text that are passed over. */
async function* texts(blocks: AsyncIterable<TextBlock>, start: number): AsyncGenerator<string> {
  let skipped = start;
  for await (const { text } of blocks) {
    yield text.slice(skipped);
    skipped = 0;
  }
}

function entryOf(
  names: readonly string[],
  cells: readonly string[],
  line: number,
  { types }: Columns,
  ignored: ReadonlySet<string>,
): ManifestEntry {
  const problems: LineProblem[] = [];
  const report = (pointer: string, reason: string) => {
    problems.push({ line, pointer, reason, severity: 'error' });
  };
  if (cells.length !== names.length) {
    report('', `It has ${cells.length} cells, and the header has ${names.length} columns.`);
    return { line, problems };
  }
  const item: Record<string, unknown> = {};
  for (const [index, name] of names.entries()) {
    const cell = cells[index] ?? '';
    if (cell === '' || ignored.has(name)) continue;
    if (isNote(name)) {
      item[name] = cell;
      continue;
    }
    const type = types[name];
    if (type === undefined) continue;
    try {
      setAt(item, name.split('.'), readCell(type, cell));
    } catch (error) {
      report(`/${name.replaceAll('.', '/')}`, `It is not JSON: ${(error as Error).message}.`);
    }
  }
  if (problems.length > 0) return { line, problems };
  return jsonEntry(item, line, ignored);
}

function setAt(target: Record<string, unknown>, path: string[], value: unknown): void {
  const [name = '', ...rest] = path;
  if (rest.length === 0) target[name] = value;
  else {
    target[name] ??= {};
    setAt(target[name] as Record<string, unknown>, rest, value);
  }
}
