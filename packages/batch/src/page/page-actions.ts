import type { ItemState } from '../ledger/item-state.js';

/** Which items an action is for. */
export type ActionItems =
  | { keys: string[] }
  | {
      /** All failed items with this code. */
      code: string;
    };

/** What a person may do on the page. */
export type PageAction =
  | { action: 'pause' | 'resume' }
  | { action: 'retry'; items: ActionItems }
  | { action: 'drop' | 'cancel'; items: { keys: string[] } }
  | { action: 'priority'; items: { keys: string[] }; priority: number };

/** What came of an action. */
export interface ActionResult {
  /** Items that it was carried out for. */
  done: number;
  /** The others, with the reason. */
  refused: { key: string; state: ItemState; reason: string }[];
}
