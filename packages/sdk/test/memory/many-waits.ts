import { setTimeout as delay } from 'node:timers/promises';
import { Sync3 } from '@sync3/sdk';

/** A client whose server knows no task, so that all waits last. */
export function patientClient(baseUrl: string) {
  let answers = 0;
  const hooks = { onResponse: () => answers++ };
  // All tasks are looked at once, in one request, and then not for an hour.
  const hour = 3_600_000;
  const polling = { minIntervalMs: hour, maxIntervalMs: hour, batchSize: 1_000_000 };
  const sync3 = new Sync3({ apiKey: 'key', baseUrl, hooks, polling });
  return {
    sync3,

    /** Resolves when all tasks have been looked at. */
    async answered(): Promise<void> {
      while (answers === 0) await delay(10);
      answers = 0;
    },
  };
}

/** The heap without garbage, in bytes. Needs `--expose-gc`. */
export async function heapInUse(): Promise<number> {
  // What hangs on a timer or a socket that has ended is free a turn of the event loop later.
  await delay(50);
  globalThis.gc?.();
  return process.memoryUsage().heapUsed;
}

/** Timers that keep the process alive. */
export function activeTimers(): number {
  return process.getActiveResourcesInfo().filter((type) => type === 'Timeout').length;
}
