import type { Pool, PoolClient } from 'pg';

/** What the system says of a host that is not there, or not any more. */
const systemCodes = new Set([
  'EAI_AGAIN',
  'ECONNREFUSED',
  'ECONNRESET',
  'EHOSTUNREACH',
  'ENETUNREACH',
  // The socket file of a server that is not running.
  'ENOENT',
  'ENOTFOUND',
  'EPIPE',
  'ETIMEDOUT',
]);

/**
 * PostgreSQL's codes (appendix A of its manual) of a server that is ending, starting, or has no
 * connection left, beside class 08.
 */
const serverCodes = new Set(['57P01', '57P02', '57P03', '53300']);

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
  return lost.has(client) || isConnectionError(error);
}

/**
 * Whether there is no connection just now. What the server refuses, such as a login, has a code; `pg`
 * itself gives none to its timeouts and to a server that hangs up.
 */
export function isConnectFailure(pool: Pool, error: unknown): boolean {
  if (pool.ending || pool.ended) return false;
  const { code, errors } = Object(error);
  return isConnectionError(error) || (code === undefined && errors === undefined);
}

/** Whether the code of an error is about the connection, and not about the statement. */
function isConnectionError(error: unknown): boolean {
  const { code = '', errors } = Object(error);
  // What a host with several addresses gives.
  if (Array.isArray(errors)) return errors.some(isConnectionError);
  return systemCodes.has(code) || serverCodes.has(code) || /^08...$/.test(code);
}
