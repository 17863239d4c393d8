import { meaningOf } from '@sync3/sdk';
import type { Item, ItemError } from '../ledger/item.js';
import type { Worker } from './worker.js';

/**
 * When a job failed because the API no longer has a file, every further item with that file would: so
 * the files of the item are stored anew for the next item. How long Runware keeps stored files is not
 * documented, and neither is the code; the mock server's is `mediaNotFound`.
 */
export async function forgetLostMedia(
  { media }: Pick<Worker, 'media'>,
  item: Item,
  { code, message }: ItemError,
): Promise<void> {
  if (meaningOf(code) === 'lostInput' && item.media.length > 0) await media.forget(item, message);
}
