import type {
  BatchEstimate,
  ItemCounts,
  ItemError,
  LineProblem,
  PlanSummary,
  RestoreSummary,
  WorkEvent,
  WorkerInfo,
  WorkSummary,
} from '@sync3/batch';

/** What each event of the batch commands means and holds. */
export const batchEventMeanings = {
  planning: '`lines` of a manifest were dealt with',
  line: 'something is wrong with a line of a manifest, or probably wrong: `file`, `line` (from 1), `pointer` (JSON Pointer), `reason`, `severity` (`error` or `warning`)',
  planned:
    'a manifest was planned: items that are new (`planned`), that the batch has already (`known`), that stand in it twice (`repeated`), lines that were left out (`invalid`), `warnings`, `sha256` of the file',
  retried: '`items` that had failed are planned once more, as new jobs',
  pricing: '`priced` of `items` have a price',
  'batch-estimate':
    'what the planned `items` would cost: `cost` in USD of those that are `priced` (`null` when none is), `unpriced` items that the API names no price for, `refused` items that it would not take',
  checking: 'the files of `items` that were delivered before are being checked',
  restored:
    'they are checked: items that were `checked`, `restored` (downloaded again), and `lost` (the API no longer has them)',
  batch:
    'how far the whole batch is: `items`, of which so many are in each of the `states`, `cost` in USD so far',
  item: 'an item has settled: `key`, `source` and `line` of its manifest, `taskUUID`, `state`, paths of the delivered `files`, `cost` in USD, and `error` (`code`, `message`) unless all went well',
  paused:
    'no item is begun for a while: `reason` (`rate`, `disk`, `network` or `database`), `message`; it goes on by itself',
  resumed: 'it goes on: `reason`',
  'batch-result':
    'how the work ended: `ending` (`complete`, `waiting`, `budget`, `held` or `stopped`), `items`, `states` and `cost` as of `batch`, `report` (path of the HTML file), `next` (the command that goes on, where something is left)',
  'batch-status':
    'what `batch status` was run for: `name`, `items`, `states`, `cost` and `estimatedCost` in USD, and the `workers` that are alive (`id`, `host`, `pid`, `startedAt`, `seenAt`, `items`)',
  page: 'what `batch serve` was run for: the page is served at `url`, which whoever knows it can act with',
  watch: 'the page of `--watch` is served at `url` as long as the command works',
  report: 'what `batch report` was run for: `path` of the HTML file, its `bytes`, `items`',
} as const satisfies Record<BatchEvent['event'], string>;

/** How many items of a batch are in each state, and what they cost. */
interface Progress {
  items: number;
  states: ItemCounts['byState'];
  /** USD. */
  cost: number;
}

/** Something that a batch command has to tell. */
export type BatchEvent =
  | { event: 'planning'; lines: number }
  | ({ event: 'line'; file: string } & LineProblem)
  | ({ event: 'planned' } & PlanSummary)
  | { event: 'retried'; items: number }
  | { event: 'pricing'; priced: number; items: number }
  | ({ event: 'batch-estimate'; cost: number | null } & Omit<BatchEstimate, 'cost'>)
  | { event: 'checking'; items: number }
  | ({ event: 'restored' } & RestoreSummary)
  | ({ event: 'batch' } & Progress)
  | SettledItem
  | Extract<WorkEvent, { event: 'paused' | 'resumed' }>
  | ({
      event: 'batch-result';
      ending: WorkSummary['ending'];
      report: string | undefined;
      next: string | undefined;
    } & Progress)
  | ({
      event: 'batch-status';
      name: string;
      estimatedCost: number;
      workers: readonly WorkerInfo[];
    } & Progress)
  | { event: 'page' | 'watch'; url: string }
  | { event: 'report'; path: string; bytes: number; items: number };

/** An item that has settled. */
export interface SettledItem {
  event: 'item';
  key: string;
  source: string;
  line: number;
  taskUUID: string;
  state: keyof ItemCounts['byState'];
  /** Paths that this process can open. */
  files: readonly string[];
  /** USD. */
  cost: number | null;
  error: ItemError | null;
}

/** Whether an event is of a batch command. */
export function isBatchEvent(event: { event: string }): event is BatchEvent {
  return Object.hasOwn(batchEventMeanings, event.event);
}

/** How far a batch is, as events tell it. */
export function progressOf({ total, byState, actualCost }: ItemCounts): Progress {
  return { items: total, states: byState, cost: actualCost };
}
