import { oneLine, visible } from '../terminal-text.js';
import type { BatchEvent } from './batch-events.js';

/** Changes of a kind that are listed. */
const longestList = 10;

const kinds = {
  changed: (hasFailed: boolean) => (hasFailed ? 'changed, new job after a failed one' : 'changed'),
  dropped: () => 'dropped, its line is gone',
  again: () => 'its job was submitted; the line as it is now is a further job, paid for besides',
};

/** What a manifest changes in a batch: the numbers, then the first items of each kind. */
export function differenceInWords(event: Extract<BatchEvent, { event: 'difference' }>): string {
  const { file, added, changed, dropped, again, changes } = event;
  const numbers = [
    `${added} added`,
    `${changed} changed`,
    `${dropped} dropped`,
    ...(again > 0 ? [`${again} of the added paid for again`] : []),
  ];
  const lists = (['changed', 'dropped', 'again'] as const).flatMap((kind) => {
    const some = changes.filter(({ change }) => change === kind).slice(0, longestList);
    const rest = { changed, dropped, again }[kind] - some.length;
    return [
      ...some.map(
        ({ key, line, hasFailed }) => `  line ${line}, ${oneLine(key)}: ${kinds[kind](hasFailed)}`,
      ),
      ...(rest > 0 ? [`  and ${rest} more: ${kind}`] : []),
    ];
  });
  return [`"${visible(file)}" changes the batch: ${numbers.join(', ')}`, ...lists].join('\n');
}
