import { count } from '../count.js';
import type { Words } from '../session/words.js';
import { oneLine, visible } from '../terminal-text.js';
import { usd } from '../usd.js';
import type { BatchEvent, SettledItem } from './batch-events.js';
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
    case 'planned':
      return { note: planned(event) };
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
    case 'batch-result':
      return resultInWords(event);
    case 'batch-status':
      return { result: statusInWords(event) };
    case 'page':
      return { result: event.url };
    case 'watch':
      return { note: `Page: ${event.url}` };
    case 'report':
      return { result: visible(event.path) };
  }
}

function planned(event: Extract<BatchEvent, { event: 'planned' }>): string {
  return [
    `Planned: ${count(event.planned, 'new item')}`,
    ...(event.known > 0 ? [`${event.known} planned before`] : []),
    ...(event.repeated > 0 ? [`${event.repeated} repeated`] : []),
    ...(event.invalid > 0 ? [`${count(event.invalid, 'line')} left out`] : []),
    ...(event.warnings > 0 ? [count(event.warnings, 'warning')] : []),
  ].join(', ');
}

function working({ items, states, cost }: Extract<BatchEvent, { event: 'batch' }>) {
  const done = states.succeeded + states['partially-failed'] + states.failed;
  const failed = states['partially-failed'] + states.failed;
  const detail = [
    `${done} of ${items}`,
    ...(failed > 0 ? [`${failed} failed`] : []),
    ...(states.ambiguous > 0 ? [`${states.ambiguous} unclear`] : []),
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
