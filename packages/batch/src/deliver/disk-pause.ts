import { setTimeout as sleep } from 'node:timers/promises';
import { Pause } from '../work/pause.js';
import type { WorkEvent } from '../work/work-options.js';

/** How often a full disk is tried again, in ms. */
const lookMs = 5_000;

/** Whether something could not be written because there is no room, or no quota, left. */
export function isDiskFull(error: unknown): boolean {
  for (let cause = error; cause instanceof Error; cause = cause.cause) {
    if (['ENOSPC', 'EDQUOT'].includes(`${(cause as NodeJS.ErrnoException).code}`)) return true;
  }
  return false;
}

/** Stops a worker while its disk is full. */
export class DiskPause {
  readonly #pause: Pause;

  constructor(tell: (event: WorkEvent) => void) {
    this.#pause = new Pause('disk', tell);
  }

  /** Whether nothing more should be begun: its result could not be written. */
  get isOn(): boolean {
    return this.#pause.isOn;
  }

  /** Writes something, again and again while the disk is full. */
  async whileFull<Value>(
    write: () => Promise<Value>,
    folder: string,
    signal: AbortSignal,
  ): Promise<Value> {
    let isWaiting = false;
    try {
      for (;;) {
        try {
          return await write();
        } catch (error) {
          if (!isDiskFull(error)) throw error;
        }
        if (!isWaiting) this.#pause.begin(fullDisk(folder));
        isWaiting = true;
        await sleep(lookMs, undefined, { signal });
      }
    } finally {
      if (isWaiting) this.#pause.end();
    }
  }
}

function fullDisk(folder: string): string {
  return (
    `The disk of "${folder}" is full. Free some space: the batch goes on by itself. ` +
    'No result is lost; no job is begun until then.'
  );
}
