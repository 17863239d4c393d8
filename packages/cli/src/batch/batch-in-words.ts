import { count } from '../count.js';
import type { Words } from '../session/words.js';
import { oneLine, visible } from '../terminal-text.js';
import { usd } from '../usd.js';
import type { BatchEvent, SettledItem } from './batch-events.js';
import { differenceInWords } from './difference-in-words.js';
import { lifeInWords, listedInWords } from './item-in-words.js';
import { resultInWords, statusInWords } from './states-in-words.js';

/** Lines of a manifest that a log says nothing between. */
const linesOfLog = 10_000;

/** An event of a batch command as people read it. */
export function batchInWords(event: BatchEvent): Words {
  switch (event.event) {
    case 'planning': {
      const lines = Math.floor(event.lines / linesOfLog) * linesOfLog;
      const logDetail = lines === 0 ? '' : count(lines, 'line');
      return { live: { what: 'Planning', detail: count(event.lines, 'line'), logDetail } };
    }
    case 'line': {
      const { file, line, pointer, reason, severity } = event;
      const text = `${visible(file)}:${line} ${oneLine(`${pointer} ${reason}`)}`;
      return severity === 'error' ? { fault: text } : { note: `Warning: ${text}` };
    }
    case 'ledger':
      return { note: `Making a new ledger in "${visible(event.directory)}".` };
    case 'difference':
      return { fault: differenceInWords(event) };
    case 'planned':
      return { note: `Planned: ${planned(event)}` };
    case 'checked-manifest':
      return { note: `Planning would give: ${planned(event)}` };
    case 'retried':
      return { note: `Planned once more, as new jobs: ${count(event.items, 'failed item')}` };
    case 'pricing': {
      const { priced, items } = event;
      return { live: { what: 'Pricing', part: priced / items, detail: `${priced} of ${items}` } };
    }
    case 'batch-estimate': {
      const { items, unpriced, refused, cost } = event;
      const note = [
        count(items, 'item'),
        `${unpriced} without a price`,
        ...(refused > 0 ? [`${refused} that would be refused`] : []),
      ];
      return { result: cost === null ? 'unknown' : usd(cost), note: note.join(', ') };
    }
    case 'checking':
      return { live: { what: 'Checking delivered files' } };
    case 'restored': {
      const { restored, lost } = event;
      if (restored + lost === 0) return {};
      return {
        note: `Downloaded again: ${count(restored, 'result')}; ${lost} cannot be had again`,
      };
    }
    case 'batch':
      return { live: working(event) };
    case 'item':
      return settled(event);
    case 'paused':
      return { note: `Paused (${event.reason}): ${oneLine(event.message)}` };
    case 'resumed':
      return { note: `Going on (${event.reason}).` };
    case 'held':
      return { fault: `Held (${event.held.reason}): ${oneLine(event.held.message)}` };
    case 'released':
      return { note: 'The batch goes on.' };
    case 'budget': {
      const { spent, uncertain, reserved, maxCost } = event.costs;
      const used = usd(spent + uncertain + reserved);
      const limit = maxCost === null ? '' : ` of ${usd(maxCost)}`;
      return { note: `The budget is reached: ${used}${limit} is spent or reserved.` };
    }
    case 'batch-result':
      return resultInWords(event);
    case 'batch-status':
      return { result: statusInWords(event) };
    case 'recovering':
      return { live: { what: 'Asking for jobs', detail: count(event.items, 'item') } };
    case 'recovered':
      return { note: recovered(event) };
    case 'exported':
      return { note: `Exported: ${count(event.items, 'item')} to ${visible(event.path)}` };
    case 'listed':
      return { result: listedInWords(event) };
    case 'life':
      return { result: lifeInWords(event) };
    case 'refused':
      return { fault: `Left as it is: ${oneLine(`${event.key}: ${event.reason}`)}` };
    case 'steered':
      return { note: steeredInWords(event) };
    case 'hold':
      return { note: heldInWords(event) };
    case 'page':
    case 'receiving':
      return { result: event.url };
    case 'delivery':
      return event.isKnown
        ? { live: { what: 'Deliveries', detail: `${event.deliveries}` } }
        : { note: `A delivery for the job ${event.taskUUID}, which this ledger does not have.` };
    case 'watch':
      return { note: `Page: ${event.url}` };
    case 'metrics':
      return { note: `Metrics: ${event.url}` };
    case 'report':
      return { result: visible(event.path) };
  }
}

function planned(event: Extract<BatchEvent, { event: 'planned' | 'checked-manifest' }>): string {
  return [
    count(event.planned, 'new item'),
    ...(event.changed > 0 ? [`${event.changed} changed`] : []),
    ...(event.dropped > 0 ? [`${event.dropped} dropped`] : []),
    ...(event.known > 0 ? [`${event.known} planned before`] : []),
    ...(event.repeated > 0 ? [`${event.repeated} repeated`] : []),
    ...(event.invalid > 0 ? [`${count(event.invalid, 'line')} left out`] : []),
    ...(event.warnings > 0 ? [count(event.warnings, 'warning')] : []),
  ].join(', ');
}

function recovered(event: Extract<BatchEvent, { event: 'recovered' }>): string {
  const { delivered, failed, unfetched, underWay, unknown, occupied, next } = event;
  const found = [
    ...(delivered > 0 ? [`${delivered} delivered, by checksum`] : []),
    ...(unfetched > 0 ? [`${unfetched} to be fetched`] : []),
    ...(underWay > 0 ? [`${underWay} under way`] : []),
    ...(failed > 0 ? [`${failed} failed`] : []),
    ...(unknown > 0 ? [`${unknown} without a job`] : []),
    ...(occupied > 0 ? [`${occupied} without a job, and a file in the place of the result`] : []),
  ];
  const what = `Looked for: ${count(event.items, 'item')}`;
  return `${[what, ...found].join(', ')}\nNothing was submitted. Next: ${visible(next)}`;
}

const actionsInWords = {
  cancelled: 'Cancelled',
  dropped: 'Dropped',
  replaced: 'Replaced',
  retried: 'Planned once more, as new jobs',
  prioritised: 'Given the priority',
} as const;

function steeredInWords({ action, items, refused }: Extract<BatchEvent, { event: 'steered' }>) {
  const left = refused > 0 ? `, ${refused} left as they are` : '';
  return `${actionsInWords[action]}: ${count(items, 'item')}${left}`;
}

function heldInWords({ isHeld, wasHeld }: Extract<BatchEvent, { event: 'hold' }>): string {
  if (isHeld) return 'Paused: no job is begun until `sync3 batch resume`; jobs under way go on.';
  return wasHeld ? 'The batch goes on.' : 'The batch was not paused.';
}

function working({ items, states, cost }: Extract<BatchEvent, { event: 'batch' }>) {
  const done = states.succeeded + states['partially-failed'] + states.failed;
  const failed = states['partially-failed'] + states.failed;
  const detail = [
    `${done} of ${items}`,
    ...(failed > 0 ? [`${failed} failed`] : []),
    ...(states.ambiguous > 0 ? [`${states.ambiguous} ambiguous`] : []),
    usd(cost),
  ].join('  ');
  // Of a batch that waits for its first items, nothing is done.
  return { what: 'Batch', part: items === 0 ? 0 : done / items, detail };
}

function settled({ key, source, line, state, files, error }: SettledItem): Words {
  const words: Words = files.length > 0 ? { result: files.map(visible).join('\n') } : {};
  if (state === 'succeeded') return words;
  const what = state === 'failed' ? 'Failed' : 'Partially failed';
  const why = error ? `: ${error.message} (${error.code})` : '';
  return { ...words, fault: `${what}: ${oneLine(`${key} (${source}:${line})${why}`)}` };
}
