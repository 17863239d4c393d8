import type { Queries } from '../database/database.js';
import { type ListOptions, listItems } from '../ledger/list-items.js';
import { replaceFile } from '../page/replace-file.js';
import { csvRows } from './csv-rows.js';
import { type ExportedItem, exportedItem } from './exported-item.js';

/** How results are exported. */
export interface ExportOptions extends ListOptions {
  /** @default `csv` when the path ends in `.csv`, otherwise `jsonl` */
  format?: 'csv' | 'jsonl' | undefined;
}

/**
 * Writes a row for each item of a batch into a file: which item it is, where it stands, what it cost,
 * its files with checksums, why it failed, and its notes. The file appears complete; an older one is
 * replaced. Rows are read page by page, so that a million of them need no memory.
 *
 * In CSV, cells that a spreadsheet would take for a formula begin with an apostrophe. Several files of
 * an item stand in one cell, divided by `|`; the notes of an item are one cell of JSON.
 *
 * @returns the number of rows.
 * @throws {BatchError} nobody has planned such a batch.
 * @throws {DatabaseUnavailableError} the database was lost.
 * @throws what the file system says.
 *
 * @example
 * await exportResults(database, 'results.csv', { states: ['failed'] });
 */
export async function exportResults(
  database: Queries,
  path: string,
  { format, ...wanted }: ExportOptions = {},
): Promise<{ items: number }> {
  let items = 0;
  const rows = async function* () {
    for await (const item of listItems(database, wanted)) {
      items += 1;
      yield exportedItem(item);
    }
  };
  const isCsv = format === undefined ? /\.csv$/i.test(path) : format === 'csv';
  await replaceFile(path, isCsv ? csvRows(rows()) : jsonLines(rows()));
  return { items };
}

async function* jsonLines(rows: AsyncIterable<ExportedItem>): AsyncGenerator<string> {
  for await (const row of rows) yield `${JSON.stringify(row)}\n`;
}
