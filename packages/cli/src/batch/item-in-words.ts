import prettyBytes from 'pretty-bytes';
import { oneLine, visible } from '../terminal-text.js';
import { usd } from '../usd.js';
import type { BatchEvent, ListedItem } from './batch-events.js';

/** An item on one line: key, state, place in its manifest, and what went wrong. */
export function listedInWords({ key, state, source, line, error }: ListedItem): string {
  const place = `${oneLine(source)}:${line}`;
  const why = error ? `${error.code}: ${error.message}` : '';
  const columns = [oneLine(key).padEnd(24), state.padEnd(16), place.padEnd(20), oneLine(why)];
  return columns.join(' ').trimEnd();
}

/** An item with all that has happened to it, the last line the next step. */
export function lifeInWords(item: Extract<BatchEvent, { event: 'life' }>): string {
  const { key, source, line, state, priority, output, outputs, taskUUID, cost, error } = item;
  const rows: [string, string][] = [
    ['item', oneLine(key)],
    ['state', state],
    ...(error ? [['error', oneLine(`${error.message} (${error.code})`)] as [string, string]] : []),
    ['from', `${oneLine(source)}:${line}`],
    ...item.media.map(({ pointer, path }): [string, string] => [
      pointer.slice(1).replaceAll('/', '.'),
      visible(path ?? 'not known'),
    ]),
    ['output', visible((outputs ?? [output]).join(', '))],
    ['job', taskUUID],
    ['priority', `${priority}`],
    ['cost', cost === null ? 'unknown' : usd(cost)],
    ...item.files.map(({ name, bytes }): [string, string] => [
      'file',
      `${visible(name)}, ${prettyBytes(bytes)}`,
    ]),
    ...item.moves.map((move): [string, string] => [
      timeOf(move.at),
      [move.state, ...(move.code === null ? [] : [oneLine(`${move.message} (${move.code})`)])].join(
        ': ',
      ),
    ]),
    ...(item.next === undefined ? [] : [['next', visible(item.next)] as [string, string]]),
  ];
  return rows.map(([label, value]) => `${label.padEnd(21)}${value}`).join('\n');
}

/** To the second, in UTC as workers of several machines need it. */
function timeOf(at: Date): string {
  return at.toISOString().replace(/\.\d+Z$/, 'Z');
}
