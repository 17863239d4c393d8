import type { ItemState } from '../ledger/item-state.js';
import type { WorkerInfo } from '../ledger/workers.js';
import type { Head } from './read-head.js';
import type { Money } from './read-money.js';
import type { Pace } from './read-pace.js';
import type { ProblemGroup } from './read-problems.js';
import type { ProgressPoint } from './read-progress.js';
import type { Result } from './read-results.js';
import type { Times } from './read-times.js';

/**
 * Everything that the page shows of a batch, by section. However large the batch is, each section has a
 * bound. Times stand in it as `Date`; in JSON, as the page receives them, as ISO 8601 texts.
 */
export interface PageContent {
  head: Head;
  /** How many items are in each state. */
  counts: Record<ItemState, number>;
  money: Money;
  pace: Pace;
  times: Times;
  /** How the batch went on. */
  progress: ProgressPoint[];
  problems: ProblemGroup[];
  workers: WorkerInfo[];
  /** The newest videos first. */
  results: Result[];
}

/** What the document of the page carries for its script. */
export type PageData =
  | {
      /** A saved state: the page shows it and asks nobody. */
      kind: 'saved';
      /** When it was read, ISO 8601. */
      at: string;
      content: AsJson<PageContent>;
      /** For each result a URL relative to the page; `null` where the file is missing. */
      resultUrls: (string | null)[];
      /** The command that tries failed items again. */
      retryCommand: string | null;
    }
  | {
      /** The page follows a server: the one that it came from. */
      kind: 'live';
      batch: string;
      /** Sent with every action, so that no other page can act. */
      token: string;
    };

/** A value as it arrives after JSON. */
export type AsJson<Value> = Value extends Date
  ? string
  : Value extends object
    ? { [Key in keyof Value]: AsJson<Value[Key]> }
    : Value;
