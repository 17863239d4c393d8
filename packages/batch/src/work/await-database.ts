import { setTimeout as sleep } from 'node:timers/promises';
import { type Fault, faultOf } from '../database/faults.js';
import { DatabaseUnavailableError } from '../errors/database-errors.js';
import type { Pause } from './pause.js';

/** How long a worker waits for a database with a fault that may pass, in ms. */
export const databasePatienceMs = 10 * 60_000;
const lookMs = 500;

/**
 * Does what a worker begins with, which may be done more than once; again and again while the database
 * has a fault that may pass.
 *
 * @throws {DatabaseUnavailableError} the fault has not passed in ten minutes, or waiting mends nothing.
 */
export async function awaitDatabase<Value>(
  attempt: () => Promise<Value>,
  pause: Pause,
  signal: AbortSignal,
): Promise<Value> {
  const startedAt = performance.now();
  let isWaiting = false;
  try {
    for (;;) {
      try {
        return await attempt();
      } catch (error) {
        const isOver = performance.now() - startedAt > databasePatienceMs;
        if (!isPassing(error) || isOver || signal.aborted) throw error;
        if (!isWaiting) pause.begin(error.message);
        isWaiting = true;
      }
      await sleep(lookMs, undefined, { signal });
    }
  } finally {
    if (isWaiting) pause.end();
  }
}

/** Whether an error is a fault of the database that may pass. */
export function isPassing(error: unknown): error is DatabaseUnavailableError {
  return DatabaseUnavailableError.is(error) && error.retryable;
}

/** What the database layer does about such a fault; `pg` gives no code to most lost connections. */
export function treatmentOf({ code }: DatabaseUnavailableError): Fault['treatment'] {
  return faultOf({ code })?.treatment ?? 'reconnect';
}
