import { expect, test } from 'vitest';
import type { FigureTable } from '../measure/figure.ts';
import { spread } from '../measure/statistics.ts';
import { renderDocument, renderTable } from '../report.ts';

const table: FigureTable = {
  title: 'Speed',
  method: 'With a stopwatch.',
  subject: 'Client',
  columns: [
    { title: 's', best: 'lowest', digits: 1 },
    { title: 'per s', best: 'highest' },
  ],
  rows: [
    { title: 'ours', cells: [spread([3, 1, 2]), spread([1_000])] },
    { title: 'a peer', cells: [spread([1.04]), 'no means'] },
    { title: 'another', cells: [spread([1.01]), spread([999])] },
  ],
  notes: ['A note.'],
};

test('a cell is the median and, where they differ, the extremes', () => {
  expect(renderTable(table)).toContain('| ours | 2.0 (1.0..3.0) |');
});

test('the best of a column is bold, whoever it is, and so is all that is written alike', () => {
  const text = renderTable(table);
  expect(text).toContain('| a peer | **1.0** | no means |');
  expect(text).toContain('| another | **1.0** | 999 |');
  expect(text).toContain('| **1,000** |');
});

test('the document names machine, versions and date, and numbers its tables', async () => {
  const text = await renderDocument([table, table]);
  expect(text).toMatch(/^# Benchmarks\n/);
  expect(text).toContain(`Node ${process.versions.node}`);
  expect(text).toMatch(/openai \d+\.\d+\.\d+/);
  expect(text).toMatch(/- \d{4}-\d\d-\d\d\n/);
  expect(text).toContain('## 2. Speed');
});
