import type { Item } from '@sync3/batch';
import { stringify } from 'csv-stringify/sync';
import { oneLine } from '../terminal-text.js';

const columns = [
  'key',
  'state',
  'source',
  'line',
  'priority',
  'output',
  'taskUUID',
  'cost',
  'code',
  'message',
  'submittedAt',
  'settledAt',
];

/** Items as rows of CSV, after a row with the names of the columns. */
export async function* csvRows(items: AsyncIterable<Item>): AsyncGenerator<string> {
  yield row(columns);
  for await (const item of items) {
    const { key, state, source, line, priority, output, taskUUID, actualCost, error } = item;
    yield row([
      oneLine(key),
      state,
      oneLine(source),
      line,
      priority,
      output,
      taskUUID,
      actualCost,
      error?.code,
      error && oneLine(error.message),
      item.submittedAt?.toISOString(),
      item.settledAt?.toISOString(),
    ]);
  }
}

function row(values: readonly unknown[]): string {
  // A spreadsheet would carry out a text that begins as a formula does.
  return stringify([values], { escape_formulas: true, record_delimiter: '' });
}
