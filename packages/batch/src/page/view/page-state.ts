import type { AsJson, PageContent } from '../page-content.js';

/** The content as it arrives in the page. */
export type Content = AsJson<PageContent>;

/** What a person can do on a live page; a saved page has none of it. */
export interface Controls {
  /** Lists the items of a state, or with a code. */
  list(filter: { state?: string; code?: string }): void;
  /** Opens the life of an item. */
  open(key: string): void;
  /** Asks first where it costs something. */
  act(request: ActionRequest): void;
}

/** An action before it is confirmed. */
export interface ActionRequest {
  action: 'pause' | 'resume' | 'retry' | 'drop' | 'cancel' | 'priority';
  keys?: string[];
  code?: string;
  priority?: number;
  /** How many items it is for, where that is known. */
  count?: number;
}
