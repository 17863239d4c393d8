import { setTimeout as sleep } from 'node:timers/promises';
import { Pause } from '../work/pause.js';
import type { WorkEvent } from '../work/work-options.js';
import type { Obstacle, OutputPlace } from './output-place.js';
import { systemErrorIn } from './system-error.js';

/** How often a place that takes no results is tried again, in ms. */
const lookMs = 5_000;

/** Stops a worker while no result can be written. */
export class DiskPause {
  readonly #pauses: Record<Obstacle['reason'], Pause>;

  constructor(tell: (event: WorkEvent) => void) {
    this.#pauses = { disk: new Pause('disk', tell), output: new Pause('output', tell) };
  }

  /** Whether nothing more should be begun: its result could not be written. */
  get isOn(): boolean {
    return this.#pauses.disk.isOn || this.#pauses.output.isOn;
  }

  /**
   * Writes something, again and again while what prevents it prevents everything. What the file system
   * refuses for no reason that is there a moment later is tried once more: the folder may be back.
   */
  async whileBlocked<Value>(
    write: () => Promise<Value>,
    place: OutputPlace,
    signal: AbortSignal,
  ): Promise<Value> {
    let waiting: Pause | undefined;
    let isAgain = false;
    try {
      for (;;) {
        try {
          return await write();
        } catch (error) {
          const obstacle = signal.aborted ? undefined : await place.obstacleOf(error);
          if (!obstacle) {
            if (signal.aborted || isAgain || !systemErrorIn(error)) throw error;
            isAgain = true;
            continue;
          }
          isAgain = false;
          const pause = this.#pauses[obstacle.reason];
          if (waiting !== pause) {
            pause.begin(obstacle.message);
            waiting?.end();
            waiting = pause;
          }
        }
        await sleep(lookMs, undefined, { signal });
      }
    } finally {
      waiting?.end();
    }
  }
}
