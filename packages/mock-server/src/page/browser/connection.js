/** @import { ListRow } from '../../control/list-row.js' */
/** @import { MockStats } from '../../stats.js' */

/** @typedef {{ server: string, version: number, rows: ListRow[], stats: MockStats }} Changes */
/** @typedef {'live' | 'polling' | 'lost'} ConnectionState */

const pollIntervalMs = 1_000;
/** How often the page polls before it tries the stream again. */
const pollsBeforeStream = 5;

/**
 * Follows the server: by its event stream, and by asking each second while there is no stream.
 *
 * @param {(changes: Changes) => void} onChanges
 * @param {(state: ConnectionState) => void} onState
 */
export function follow(onChanges, onState) {
  let server = '';
  let version = 0;

  /** @param {Changes} changes */
  const take = (changes) => {
    // A server that was started anew counts from the beginning.
    const isOther = server !== changes.server;
    server = changes.server;
    version = isOther && version > 0 ? 0 : changes.version;
    onChanges(changes);
  };

  const stream = () => {
    const events = new EventSource('/__mock/events');
    events.onmessage = ({ data }) => {
      onState('live');
      take(JSON.parse(data));
    };
    events.onerror = () => {
      events.close();
      void poll(pollsBeforeStream);
    };
  };

  /** @param {number} left */
  const poll = async (left) => {
    try {
      const response = await fetch(`/__mock/changes?since=${version}`);
      if (!response.ok) throw new Error(`HTTP ${response.status}`);
      take(await response.json());
      onState('polling');
    } catch {
      onState('lost');
    }
    setTimeout(left > 0 ? () => poll(left - 1) : stream, pollIntervalMs);
  };

  stream();
}

/**
 * Asks one of the endpoints under `/__mock/`.
 *
 * @param {string} name with its query
 */
export async function ask(name) {
  const response = await fetch(`/__mock/${name}`);
  if (!response.ok) throw new Error(`/__mock/${name} was answered HTTP ${response.status}`);
  return response.json();
}
