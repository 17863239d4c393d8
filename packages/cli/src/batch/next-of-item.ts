import type { Item } from '@sync3/batch';
import { quoted } from '../output/quoted.js';
import { batchCommand, type SteerArguments } from './batch-command.js';

/** The command that does something about an item; `undefined` when nothing has to be done. */
export function nextOfItem(
  { key, state, error }: Pick<Item, 'key' | 'state' | 'error'>,
  isHeld: boolean,
  options: SteerArguments,
): string | undefined {
  switch (state) {
    case 'planned':
    case 'queued':
      return isHeld ? batchCommand('resume', options) : batchCommand('run', options);
    case 'failed':
      return error?.canRetry === false
        ? batchCommand('replace', options, quoted(key), '<file>')
        : batchCommand('retry', options, quoted(key));
    case 'succeeded':
    case 'partially-failed':
      return undefined;
    default:
      return batchCommand('run', options);
  }
}
