import type { ServerResponse } from 'node:http';
import type { MockStats } from '../stats.js';
import type { ChangeFeed } from './change-feed.js';

/** How often changes are looked for, in ms. */
const intervalMs = 200;

/**
 * Sends changes of the list as Server-Sent Events until the client leaves: first everything, then
 * what has changed.
 */
export function streamChanges(
  response: ServerResponse,
  feed: ChangeFeed,
  stats: Readonly<MockStats>,
): void {
  response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' });
  let version = 0;
  let sent = '';
  const send = () => {
    // A client that reads slowly gets the changes together.
    if (response.writableNeedDrain) return;
    const changes = feed.since(version);
    const counts = JSON.stringify(stats);
    if (version > 0 && changes.version === version && counts === sent) return;
    version = changes.version;
    sent = counts;
    response.write(`data: ${JSON.stringify({ ...changes, stats })}\n\n`);
  };
  const timer = setInterval(send, intervalMs);
  response.once('close', () => clearInterval(timer));
  send();
}
