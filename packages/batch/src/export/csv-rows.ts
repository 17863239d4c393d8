import { type Options, stringify } from 'csv-stringify/sync';
import type { ExportedItem } from './exported-item.js';

const columns = [
  ...['key', 'source', 'line', 'state', 'taskUUID', 'retries', 'estimatedCost', 'cost'],
  ...['submittedAt', 'settledAt', 'files', 'bytes', 'sha256', 'errorCode', 'errorMessage', 'notes'],
];

const format: Options = {
  columns,
  // Keys and messages come from others; a spreadsheet must not calculate what stands in them.
  escape_formulas: true,
  cast: { date: (date) => date.toISOString() },
};

/** Exported items as CSV (RFC 4180), with a line of names first. */
export async function* csvRows(items: AsyncIterable<ExportedItem>): AsyncGenerator<string> {
  yield stringify([columns]);
  for await (const { files, ...item } of items) {
    const all = (column: 'name' | 'bytes' | 'sha256') =>
      files.map((file) => file[column]).join('|');
    const row = { ...item, files: all('name'), bytes: all('bytes'), sha256: all('sha256') };
    yield stringify([row], format);
  }
}
