import type { WorkEvent } from './work-options.js';

type Reason = Extract<WorkEvent, { event: 'paused' }>['reason'];

/** Tells once that something pauses, however many items it holds up, and once that it goes on. */
export class Pause {
  readonly #reason: Reason;
  readonly #tell: (event: WorkEvent) => void;
  #waiting = 0;

  constructor(reason: Reason, tell: (event: WorkEvent) => void) {
    this.#reason = reason;
    this.#tell = tell;
  }

  get isOn(): boolean {
    return this.#waiting > 0;
  }

  /** Something waits; `end` follows. */
  begin(message: string): void {
    this.#waiting += 1;
    if (this.#waiting === 1) this.#tell({ event: 'paused', reason: this.#reason, message });
  }

  /** It waits for another reason by now. */
  restate(message: string): void {
    if (this.isOn) this.#tell({ event: 'paused', reason: this.#reason, message });
  }

  /** It waits no more. */
  end(): void {
    this.#waiting -= 1;
    if (this.#waiting === 0) this.#tell({ event: 'resumed', reason: this.#reason });
  }
}
