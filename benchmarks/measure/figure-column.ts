import type { FigureTable } from './figure.ts';

/** Tables by the name of their figure, as `--only` knows it. */
export type FigureTables = ReadonlyMap<string, FigureTable>;

/** A row of a table and its number in one column. */
export interface Value {
  /** Without Markdown. */
  client: string;
  /** The median. */
  value: number;
}

/**
 * The numbers of a column, in the order of the table; rows without one are left out.
 *
 * @throws {Error} the figure was not measured, or has no such column.
 */
export function columnOf(tables: FigureTables, figure: string, column: string): Value[] {
  const table = tables.get(figure);
  if (!table) throw new Error(`The figure "${figure}" was not measured.`);
  const index = table.columns.findIndex(({ title }) => title === column);
  if (index < 0) throw new Error(`The figure "${figure}" has no column "${column}".`);
  return table.rows.flatMap(({ title, cells }) => {
    const cell = cells[index];
    if (typeof cell !== 'object') return [];
    return { client: title.replaceAll('`', ''), value: cell.median };
  });
}
