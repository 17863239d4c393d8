import { Readable } from 'node:stream';
import { stringify } from 'csv-stringify';
import type { ExportedItem } from './exported-item.js';

const columns = [
  ...['key', 'source', 'line', 'state', 'taskUUID', 'retries', 'estimatedCost', 'cost'],
  ...['submittedAt', 'settledAt', 'files', 'bytes', 'sha256', 'errorCode', 'errorMessage', 'notes'],
];

/** Exported items as CSV (RFC 4180), with a line of names first. */
export function csvRows(items: AsyncIterable<ExportedItem>): AsyncIterable<string> {
  const stringifier = stringify({
    columns,
    header: true,
    // Keys and messages come from others; a spreadsheet must not calculate what stands in them.
    escape_formulas: true,
    cast: { date: (date) => date.toISOString() },
  });
  stringifier.setEncoding('utf8');
  return Readable.from(rowsOf(items)).compose(stringifier);
}

async function* rowsOf(items: AsyncIterable<ExportedItem>): AsyncGenerator<object> {
  for await (const { files, ...item } of items) {
    const all = (column: 'name' | 'bytes' | 'sha256') =>
      files.map((file) => file[column]).join('|');
    yield { ...item, files: all('name'), bytes: all('bytes'), sha256: all('sha256') };
  }
}
