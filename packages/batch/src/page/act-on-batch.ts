import type { Database } from '../database/database.js';
import type { ActionResult, PageAction } from './page-actions.js';

/** Carries out what a person asked for on the page. */
export async function actOnBatch(
  _database: Database,
  _batch: string,
  _action: PageAction,
): Promise<ActionResult> {
  return { done: 0, refused: [] };
}
