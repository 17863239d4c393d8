import type { Chaos } from './faults/chaos.js';
import { faultProblem } from './faults/fault-schema.js';
import type { FailureForm } from './jobs/planned-results.js';

/** Which requests a fault strikes: those that hold such a task; or the webhooks that are sent. */
export type FaultTarget = 'submit' | 'poll' | 'upload' | 'any' | 'webhook';

/** One planned fault. */
export type Fault = {
  on: FaultTarget;
  /** How many requests it strikes. @default 1 */
  times?: number;
} & (
  | {
      kind:
        | 'drop-before-accept'
        | 'drop-after-accept'
        /** The body ends in its middle. */
        | 'truncated-body'
        /** 200 with an HTML page. */
        | 'malformed-body'
        /** `{"data":[]}`, as if nothing were known. */
        | 'empty-data'
        /** A row without its `taskUUID`: breaks the document, so Prism has to find it. */
        | 'broken-response';
    }
  | {
      on: 'poll' | 'any';
      /** Several `getResponse` tasks in one request are refused. */
      kind: 'array-refusal';
    }
  | {
      /** No answer; the connection stays open until `stallMs` are over. */
      kind: 'stall';
      /** @default 120_000 */
      stallMs?: number;
    }
  | {
      on: 'submit';
      /** Results of a job fail. */
      kind: 'failed-results';
      /** How many, from the first on, or which, counted from 0. @default all */
      results?: number | number[];
      /** @default 'timeoutProvider' */
      code?: string;
      /** How `getResponse` tells of it. @default as the server is set up */
      form?: FailureForm;
    }
  | {
      on: 'submit';
      /** The safety check flags results of a job, if its task asks for one. */
      kind: 'flagged-results';
      /** As for failed results. */
      results?: number | number[];
    }
  | {
      on: 'submit';
      /**
       * The time of a job is over early: the files of its results are gone (404) from the first, and
       * once its results have been told, the job is unknown and its UUID is free.
       */
      kind: 'expired-results';
    }
  | {
      kind: 'status';
      status: 401 | 402 | 403 | 404 | 429 | 500 | 503 | 504;
      /** Sent as `Retry-After`. */
      retryAfterSeconds?: number;
    }
  | {
      on: 'webhook';
      kind: /** Delivered, and once more. */
        | 'duplicate-webhook'
        /** Held back until the next webhook has been delivered, but not longer than 2 s. */
        | 'reordered-webhooks'
        /** Never sent. */
        | 'lost-webhook';
    }
);

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
  submit: 'videoInference',
  poll: 'getResponse',
  upload: 'mediaStorage',
  any: undefined,
};

function strikes({ on, kind }: Fault, taskTypes: unknown[]): boolean {
  if (on === 'webhook') return false;
  const taskType = targets[on];
  if (taskType && !taskTypes.includes(taskType)) return false;
  if (kind !== 'array-refusal') return true;
  // One beside an authentication task is no list.
  return taskTypes.filter((each) => each === 'getResponse').length > 1;
}
