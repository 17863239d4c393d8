import type { ConformState } from './conform-state.js';
import type { Row, Send } from './exchange.js';
import type { QuestionName } from './observation.js';
import type { Receiver } from './receiver.js';

/** Where experiments are made: the API in question, and what is known of it so far. */
export interface Lab {
  readonly send: Send;
  readonly state: ConformState;
  /** Writes the state down. */
  save(): Promise<void>;
  /** HTTP status of a video's URL, which is asked without the key; `undefined`: no answer. */
  statusOf(url: string): Promise<number | undefined>;
  /** Passes time, in ms: for the emulator, on its clock alone. */
  pause(ms: number): Promise<void>;
  /** Milliseconds since the epoch, on the clock that `pause` moves. */
  now(): number;
  /** Receives webhooks and uploads, where there is a public URL for it. */
  readonly receiver: Receiver | undefined;
  /** What the emulator answers; empty while it is the one that is asked. */
  readonly expected: Readonly<Partial<Record<QuestionName, string | number>>>;
  /** How long is waited for a delivery that may not come, in ms. */
  readonly patienceMs: number;
}

/** The API cannot be asked any further. */
export class ExperimentsEnded extends Error {
  override readonly name = 'ExperimentsEnded';
  /** `refused`: the key, its rights or the balance; `network`: no usable answer. */
  readonly ending: 'refused' | 'network';

  constructor(message: string, ending: 'refused' | 'network') {
    super(message);
    this.ending = ending;
  }
}

/** A task of the kind, with a UUID of its own. */
export function taskOf(taskType: string, parameters: Row = {}): Row & { taskUUID: string } {
  return { taskType, taskUUID: crypto.randomUUID(), ...parameters };
}
