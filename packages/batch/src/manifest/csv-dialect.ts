import { csvColumns } from './csv-columns.js';

/** How a CSV is written. */
export interface CsvDialect {
  /** What stands between cells. */
  delimiter: string;
  /** Characters before the header: a line `sep=;`, which Excel writes and reads. */
  headerStart: number;
  /** Whether the header has a column that the API takes, so that it is a header. */
  hasKnownColumn: boolean;
}

const delimiters = [',', ';', '\t', '|'];

/**
 * Finds out what stands between the cells of a CSV: what a line `sep=` says, or else that by which the
 * header has the most columns that exist. Excel writes semicolons where a comma is the decimal mark, and
 * tabs as "Unicode text".
 *
 * @param text the first lines.
 */
export function dialectOf(text: string): CsvDialect {
  const [line = '', named] = /^sep=(.)\r?\n/i.exec(text) ?? [];
  const header = text.slice(line.length).trimStart().split(/\r?\n/, 1)[0] ?? '';
  const counts = (named === undefined ? delimiters : [named]).map((delimiter) => ({
    delimiter,
    known: header
      .split(delimiter)
      .map((name) => name.trim().replace(/^"(.*)"$/, '$1'))
      .filter((name) => Object.hasOwn(csvColumns, name)).length,
  }));
  const best = counts.reduce((one, other) => (other.known > one.known ? other : one));
  return {
    delimiter: best.delimiter,
    headerStart: line.length,
    hasKnownColumn: best.known > 0,
  };
}
