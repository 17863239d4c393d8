import type {
  BatchEstimate,
  Hold,
  Item,
  ItemCounts,
  ItemError,
  LineProblem,
  Move,
  PlanDifference,
  PlanSummary,
  RecoverSummary,
  Refusal,
  RestoreSummary,
  WorkEvent,
  WorkerInfo,
  WorkSummary,
} from '@sync3/batch';

/** What each event of the batch commands means and holds. */
export const batchEventMeanings = {
  planning: '`lines` of a manifest were dealt with',
  line: 'something is wrong with a line of a manifest, or probably wrong: `file`, `line` (from 1), `pointer` (JSON Pointer), `reason`, `severity` (`error` or `warning`)',
  ledger: 'a new ledger is being made in `directory`',
  difference:
    'how the manifest `file` differs from the batch: items that are `added`, `changed` (replaced by the line as it is now), `dropped` (their line is gone), or paid for `again` in a further version; the first of the `changes` (`change`, `key`, `line`, `hasFailed`)',
  'checked-manifest': 'what planning the manifest would do, as of `planned`; nothing was planned',
  planned:
    'a manifest was planned: items that are new (`planned`), `changed` and `dropped` ones, that the batch has already (`known`), that stand in it twice (`repeated`), lines that were left out (`invalid`), `warnings`, `sha256` of the file',
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
    'no item is begun for a while: `reason` (`rate`, `disk`, `output`, `network` or `database`), `message`; it goes on by itself',
  resumed: 'it goes on: `reason`',
  held: 'no item is begun until somebody lets the batch go on: `held` (`reason`, `message`, `code`, `at`)',
  released: 'somebody has let the batch go on',
  budget:
    'the next job could bring the cost above `--max-cost`, so none is begun and what is under way is finished: `costs` as of `batch-result`',
  'batch-result':
    'how the work ended: `ending` (`complete`, `waiting`, `budget`, `held` or `stopped`), `items`, `states` and `cost` as of `batch`, `costs` in USD (`spent`; `uncertain`: of jobs that ended without a cost; `reserved`: of jobs under way; `ratio` of actual costs to estimates, `maxCost`), `wrongEstimates` (`items` that cost more than estimated, by `excess` USD, with `examples`), `held` (as of `held`), `report` (path of the HTML file), `next` (the command that goes on, where something is left)',
  'batch-status':
    'what `batch status` was run for: `name`, `items`, `states`, `cost` and `estimatedCost` in USD, the `workers` that are alive (`id`, `host`, `pid`, `startedAt`, `seenAt`, `items`), `held` (as of `held`; `null` while the batch is not), and `next` (the command that lets a batch go on that is held)',
  recovering: '`items` of a ledger were looked for at the API',
  recovered:
    'what `batch recover` was run for: `items` that were looked for, of which so many are `delivered` (their files are the results), `failed`, `unfetched` (finished, and not in the output), `underWay`, `unknown` (the API knows no job), `occupied` (it knows none, and a file has the name of the result); `next`, the command that does the rest',
  exported: 'a row for each of the `items` was written into the file `path`',
  listed:
    'an item that `batch list` was run for: `key`, `source` and `line` of its manifest, `state`, `priority`, `output`, `outputs` (where each result has its own name, otherwise `null`), `taskUUID`, `cost` in USD, and `error` (`code`, `message`, `canRetry`)',
  life: 'what `batch show` was run for: the item as of `listed`, its local `media` (`pointer` into the request, `path`), its `files`, its `moves` from state to state (`at`, `state`, `workerId`, `code`, `message`), and `next` (the command that does something about it)',
  refused: 'an item that was named and stays as it is: `key`, `state`, `reason`',
  steered:
    'what `batch cancel`, `drop`, `replace`, `retry` or `priority` has done: the `action`, and how many `items` it was done with and how many were `refused`',
  hold: 'the batch is paused by `batch pause`, or goes on after `batch resume`: `name`, `isHeld`, and `wasHeld` before',
  page: 'what `batch serve` was run for: the page is served at `url`, which whoever knows it can act with',
  watch: 'the page of `--watch` is served at `url` as long as the command works',
  metrics: 'metrics are served at `url`, and `/health` beside them, as long as the command works',
  receiving:
    'what `batch receive` was run for: deliveries are received at `url`, which a tunnel or a proxy forwards to',
  delivery:
    'a delivery was recorded: the `taskUUID` of its job, whether the ledger has that job (`isKnown`), and how many `deliveries` there were so far',
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
  | { event: 'ledger'; directory: string }
  | ({ event: 'difference'; file: string } & PlanDifference)
  | ({ event: 'planned' | 'checked-manifest' } & Omit<PlanSummary, 'difference'>)
  | { event: 'retried'; items: number }
  | { event: 'pricing'; priced: number; items: number }
  | ({ event: 'batch-estimate'; cost: number | null } & Omit<BatchEstimate, 'cost'>)
  | { event: 'checking'; items: number }
  | ({ event: 'restored' } & RestoreSummary)
  | ({ event: 'batch' } & Progress)
  | SettledItem
  | Extract<WorkEvent, { event: 'paused' | 'resumed' | 'held' | 'released' | 'budget' }>
  | ({
      event: 'batch-result';
      ending: WorkSummary['ending'];
      costs: WorkSummary['costs'];
      wrongEstimates: WorkSummary['wrongEstimates'];
      held: WorkSummary['held'];
      report: string | undefined;
      next: string | undefined;
    } & Progress)
  | ({
      event: 'batch-status';
      name: string;
      estimatedCost: number;
      workers: readonly WorkerInfo[];
      held: Hold | null;
      next: string | undefined;
    } & Progress)
  | { event: 'recovering'; items: number }
  | ({ event: 'recovered'; next: string } & Omit<RecoverSummary, 'plan'>)
  | { event: 'exported'; path: string; items: number }
  | ({ event: 'listed' } & ListedItem)
  | ({ event: 'life'; next: string | undefined } & ShownItem)
  | ({ event: 'refused' } & Refusal)
  | { event: 'steered'; action: SteerAction; items: number; refused: number }
  | { event: 'hold'; name: string; isHeld: boolean; wasHeld: boolean }
  | { event: 'page' | 'watch' | 'metrics' | 'receiving'; url: string }
  | { event: 'delivery'; taskUUID: string; isKnown: boolean; deliveries: number }
  | { event: 'report'; path: string; bytes: number; items: number };

/** What can be done with items that are there. */
export type SteerAction = 'cancelled' | 'dropped' | 'replaced' | 'retried' | 'prioritised';

/** An item of `batch list`. */
export interface ListedItem
  extends Pick<
    Item,
    'key' | 'source' | 'line' | 'state' | 'priority' | 'output' | 'outputs' | 'taskUUID' | 'error'
  > {
  /** USD. */
  cost: number | null;
}

/** An item of `batch show`. */
interface ShownItem extends ListedItem {
  /** Local files of the request: where each stands in it, and its path when the item was planned. */
  media: readonly { pointer: string; path: string | null }[];
  files: Item['files'];
  moves: readonly Move[];
}

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
