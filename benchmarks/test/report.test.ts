import { expect, test } from 'vitest';
import type { FigureTable } from '../measure/figure.ts';
import { spread } from '../measure/statistics.ts';
import { drawPicture } from '../picture.ts';
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

/** The tables of which the document says something in words and pictures. */
const measured = new Map(
  Object.entries({
    jobs: ['known after, mean s', 'requests in all', 'CPU s'],
    files: ['up, MB/s'],
    import: ['CPU ms'],
  }).map(([name, titles]): [string, FigureTable] => {
    const row = (title: string, value: number) => ({
      title,
      cells: titles.map(() => spread([value])),
    });
    const rows = [row('@sync3/sdk', 1.25), row('a `peer`', 2_000), row('another', 3)];
    return [name, { ...table, columns: titles.map((title) => ({ title })), rows }];
  }),
);

test('the document says in words how it compares with the others', async () => {
  const text = await renderDocument(measured);
  expect(text).toContain('hands over a result 1.25 s after it is done (the others: 3 to 2,000 s)');
});

test('what was not measured is drawn by nobody', async () => {
  await expect(drawPicture(new Map(), 'light')).rejects.toThrow('"jobs" was not measured');
});

test.each(['light', 'dark'] as const)(
  'the %s picture shows every client and its number',
  async (theme) => {
    const svg = await drawPicture(measured, theme);
    expect(svg).toMatch(/^<svg /);
    for (const text of ['@sync3/sdk', 'a peer', '1.25', '2,000'])
      expect(svg).toContain(`>${text}<`);
  },
);

test('the document names machine, versions and date, and numbers its tables', async () => {
  const text = await renderDocument(measured);
  expect(text).toMatch(/^# Benchmarks\n/);
  expect(text).toContain(`Node ${process.versions.node}`);
  expect(text).toMatch(/openai \d+\.\d+\.\d+/);
  expect(text).toMatch(/- \d{4}-\d\d-\d\d\n/);
  expect(text).toContain('## 2. Speed');
});
