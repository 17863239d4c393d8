import type { Spread } from './statistics.ts';

/** A column of numbers, or of words when nothing in it is better than the rest. */
export interface Column {
  title: string;
  best?: 'lowest' | 'highest';
  /** After the point. @default 0 */
  digits?: number;
}

/** One measured thing. */
export interface Row {
  title: string;
  /** In the order of the columns. Words stand where there is no number. */
  cells: (Spread | string)[];
}

/** A table and what has to be said about it. */
export interface FigureTable {
  title: string;
  /** How it was measured. */
  method: string;
  /** Of the first column. */
  subject: string;
  columns: Column[];
  rows: Row[];
  notes: string[];
}

/** What a run may change. */
interface Settings {
  /** Jobs at once, in the figure about them. */
  jobs: number;
  /** Where CPU profiles of the clients go, if anywhere. */
  profileFolder?: string | undefined;
}

/** Measures and makes a table. */
export type Figure = (settings: Settings) => Promise<FigureTable>;
