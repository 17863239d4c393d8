import type { Pool, PoolClient } from 'pg';
import { faultOf } from './faults.js';

/** Clients whose connection has broken or ended. */
const lost = new WeakSet<PoolClient>();

/**
 * Notes which clients of a pool lose their connection: `pg` gives most of its own errors about that no
 * code. It tells of the loss before a statement fails with it (pg 8.23, client.js, `_handleErrorEvent`).
 */
export function noteLostConnections(pool: Pool): void {
  // An `error` that nothing listens to would end the process.
  pool.on('error', () => {});
  pool.on('connect', (client) => {
    for (const event of ['error', 'end'] as const) client.on(event, () => void lost.add(client));
  });
}

/** Whether a statement failed because its connection was lost. */
export function isLoss(client: PoolClient, error: unknown): boolean {
  return lost.has(client) || faultOf(error)?.treatment === 'reconnect';
}

/**
 * Whether there is no connection just now. What the server refuses, such as a login, has a code; `pg`
 * itself gives none to its timeouts and to a server that hangs up.
 */
export function isConnectFailure(pool: Pool, error: unknown): boolean {
  if (pool.ending || pool.ended) return false;
  const { code, errors } = Object(error);
  const fault = faultOf(error);
  if (fault) return fault.treatment !== 'stop';
  return code === undefined && errors === undefined;
}
