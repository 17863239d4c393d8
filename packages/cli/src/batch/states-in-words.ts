import { count } from '../count.js';
import type { Words } from '../session/words.js';
import { oneLine, visible } from '../terminal-text.js';
import { usd } from '../usd.js';
import type { BatchEvent } from './batch-events.js';

/** What people read at the end of the work on a batch. */
export function resultInWords(event: Extract<BatchEvent, { event: 'batch-result' }>): Words {
  const { ending, items, states, cost, wrongEstimates, report, next } = event;
  const others = Object.entries(states).filter(
    ([state, number]) => state !== 'succeeded' && number > 0,
  );
  const numbers = [
    `${states.succeeded} of ${items} succeeded`,
    ...others.map(([state, number]) => `${number} ${state}`),
    usd(cost),
  ].join(', ');
  const lines = [
    `${beginnings[ending]}: ${numbers}`,
    ...(wrongEstimates.items > 0 ? [estimatesInWords(wrongEstimates)] : []),
    ...(report === undefined ? [] : [`Report: ${visible(report)}`]),
    ...(next === undefined ? [] : [`Next: ${visible(next)}`]),
  ].join('\n');
  // That something is left to do is no part of the progress.
  return ending === 'complete' ? { note: lines } : { fault: lines };
}

function estimatesInWords({
  items,
  excess,
}: Extract<BatchEvent, { event: 'batch-result' }>['wrongEstimates']): string {
  return `${count(items, 'item')} cost more than estimated, by ${usd(excess)} together`;
}

const beginnings = {
  complete: 'Done',
  budget: 'The next job could cost more than --max-cost allows',
  held: 'The batch is held',
  waiting: 'Jobs that the API does not tell about take all places',
  stopped: 'So far',
} as const;

/** A batch in one look, a line for each number. */
export function statusInWords(event: Extract<BatchEvent, { event: 'batch-status' }>): string {
  const { name, items, states, cost, estimatedCost, workers, held, next } = event;
  const rows: [string, string | number][] = [
    ['batch', oneLine(name)],
    ['items', items],
    ...Object.entries(states),
    ['cost', usd(cost)],
    ['estimated', usd(estimatedCost)],
    ['workers', workers.length],
    ...workers.map(({ host, pid, items: itemsOfWorker }): [string, string] => [
      '',
      `${oneLine(host)}, process ${pid}: ${count(itemsOfWorker, 'item')}`,
    ]),
    ...(held
      ? ([
          ['held', `${held.reason}, since ${oneLine(held.at)}`],
          ['', oneLine(held.message)],
        ] satisfies [string, string][])
      : []),
    ...(next === undefined ? [] : ([['next', visible(next)]] satisfies [string, string][])),
  ];
  return rows.map(([label, value]) => `${label.padEnd(18)}${value}`).join('\n');
}
