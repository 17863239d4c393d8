import type { Database } from '../database/database.js';
import { cancelItems } from '../steer/cancel-items.js';
import { dropItems } from '../steer/drop-items.js';
import { pauseBatch, resumeBatch } from '../steer/pause-batch.js';
import { retryItems } from '../steer/retry-items.js';
import type { SteerSummary } from '../steer/selection.js';
import { setPriority } from '../steer/set-priority.js';
import type { PageAction } from './page-actions.js';

/**
 * Carries out what a person asked for on the page.
 *
 * @returns what was done with the items; of a pause nothing.
 */
export async function actOnBatch(
  database: Database,
  batch: string,
  action: PageAction,
): Promise<SteerSummary> {
  switch (action.action) {
    case 'pause':
      await pauseBatch(database, batch, 'Somebody has paused the batch on its page.');
      return { changed: 0, refused: [] };
    case 'resume':
      await resumeBatch(database, batch);
      return { changed: 0, refused: [] };
    case 'retry':
      return retryItems(database, { batch, ...action.items });
    case 'drop':
      return dropItems(database, { batch, ...action.items });
    case 'cancel':
      return cancelItems(database, { batch, ...action.items });
    case 'priority':
      return setPriority(database, { batch, ...action.items }, action.priority);
  }
}
