import type { SteerSummary } from '../../steer/selection.js';
import type { RowPage } from '../item-rows.js';
import type { AsJson } from '../page-content.js';
import type { ShownLife } from '../read-life.js';
import type { Content } from './page-state.js';

/** Whether the server is followed, and its ledger can be read. */
export type ConnectionState =
  | { kind: 'connecting' | 'live' | 'lost' }
  | { kind: 'problem'; message: string };

/**
 * Follows the server by its event stream, which the browser opens again by itself.
 *
 * @returns a function that ends it.
 */
export function follow(
  onContent: (content: Partial<Content>) => void,
  onState: (state: ConnectionState) => void,
): () => void {
  const events = new EventSource('events');
  events.onmessage = ({ data }) => {
    const change = JSON.parse(data) as { content?: Partial<Content>; problem?: string };
    if (change.problem) onState({ kind: 'problem', message: change.problem });
    else onState({ kind: 'live' });
    if (change.content) onContent(change.content);
  };
  events.onerror = () => onState({ kind: 'lost' });
  return () => events.close();
}

/** Which items are listed, as in the URL. */
export interface ListFilter {
  state?: string;
  code?: string;
  search?: string;
}

/** Asks for a part of the list. */
export function askRows(filter: ListFilter, offset: number): Promise<AsJson<RowPage>> {
  const query = new URLSearchParams({ offset: `${offset}` });
  if (filter.state) query.set('state', filter.state);
  if (filter.code !== undefined) query.set('code', filter.code);
  if (filter.search) query.set('search', filter.search);
  return answerOf(fetch(`items?${query}`));
}

/** Asks for the life of an item. */
export function askLife(key: string): Promise<AsJson<ShownLife>> {
  return answerOf(fetch(`item?${new URLSearchParams({ key })}`));
}

/** Where the video of a result is. */
export function resultUrl(id: number, index: number): string {
  return `result?item=${id}&file=${index}`;
}

/** Sends an action with the token of this page. */
export function sendAction(token: string, body: object): Promise<AsJson<SteerSummary>> {
  return answerOf(
    fetch('action', {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-page-token': token },
      body: JSON.stringify(body),
    }),
  );
}

async function answerOf<Answer>(asked: Promise<Response>): Promise<Answer> {
  const response = await asked;
  const body = (await response.json()) as Answer & { message?: string };
  if (!response.ok) throw new Error(body.message ?? `HTTP ${response.status}`);
  return body;
}
