import { taskType } from '@sync3/generated/constants';
import type { Chaos } from './chaos.js';
import type { Fault, FaultTarget } from './fault.js';
import { faultProblem } from './fault-schema.js';

/** The faults that are still to strike, oldest first. */
export class FaultPlan {
  #planned: { fault: Fault; left: number }[] = [];
  readonly #chaos: Chaos | undefined;

  constructor(chaos?: Chaos) {
    this.#chaos = chaos;
  }

  /** Those that are planned, with `times` as what is left of it; chaos knows nothing beforehand. */
  get planned(): Fault[] {
    return this.#planned.map(({ fault, left }) => ({ ...fault, times: left }));
  }

  /** Plans a fault. @throws {Error} it is none. */
  add(fault: Fault): void {
    const problem = faultProblem(fault);
    if (problem) throw new Error(`${problem} The fault was ${JSON.stringify(fault)}.`);
    this.#planned.push({ fault, left: fault.times ?? 1 });
  }

  /** Forgets all that have not struck. */
  clear(): void {
    this.#planned = [];
  }

  /** The fault for a request, planned or by chance; it counts as struck. */
  take(taskTypes: unknown[]): Fault | undefined {
    // Drawn for every request, or a planned fault would shift the sequence.
    const drawn = this.#chaos?.draw(taskTypes);
    return this.#strike((fault) => strikes(fault, taskTypes)) ?? drawn;
  }

  /** The fault for a webhook, planned or by chance; it counts as struck. */
  takeForWebhook(): Fault | undefined {
    const drawn = this.#chaos?.drawForWebhook();
    return this.#strike(({ on }) => on === 'webhook') ?? drawn;
  }

  #strike(isFor: (fault: Fault) => boolean): Fault | undefined {
    const planned = this.#planned.find(({ fault, left }) => left > 0 && isFor(fault));
    if (!planned) return undefined;
    planned.left -= 1;
    this.#planned = this.#planned.filter(({ left }) => left > 0);
    return planned.fault;
  }
}

const targets: Record<Exclude<FaultTarget, 'webhook'>, string | undefined> = {
  submit: taskType,
  poll: 'getResponse',
  upload: 'mediaStorage',
  any: undefined,
};

function strikes({ on, kind }: Fault, taskTypes: unknown[]): boolean {
  if (on === 'webhook') return false;
  const target = targets[on];
  if (target && !taskTypes.includes(target)) return false;
  if (kind !== 'array-refusal') return true;
  // One beside an authentication task is no list.
  return taskTypes.filter((each) => each === 'getResponse').length > 1;
}
