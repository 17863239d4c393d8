/** Which requests a fault strikes: those that hold such a task. */
export type FaultTarget = 'submit' | 'poll' | 'upload' | 'any';

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
        /** No answer; the connection stays open. */
        | 'stall'
        /** `{"data":[]}`, as if nothing were known. */
        | 'empty-data'
        /** Several `getResponse` tasks in one request are refused. */
        | 'array-refusal'
        /** Every result of a job fails. */
        | 'failed-results'
        /** A row without its `taskUUID`: breaks the document, so Prism has to find it. */
        | 'broken-response';
    }
  | {
      kind: 'status';
      status: 401 | 402 | 403 | 404 | 429 | 500 | 503 | 504;
      /** Sent as `Retry-After`. */
      retryAfterSeconds?: number;
    }
);

/** The faults that are still to strike, oldest first. */
export class FaultPlan {
  #planned: { fault: Fault; left: number }[] = [];

  /** Plans a fault. */
  add(fault: Fault): void {
    this.#planned.push({ fault, left: fault.times ?? 1 });
  }

  /** Forgets all that have not struck. */
  clear(): void {
    this.#planned = [];
  }

  /** The fault for a request, if one is planned; it counts as struck. */
  take(taskTypes: unknown[]): Fault | undefined {
    const planned = this.#planned.find(({ fault, left }) => left > 0 && strikes(fault, taskTypes));
    if (!planned) return undefined;
    planned.left -= 1;
    this.#planned = this.#planned.filter(({ left }) => left > 0);
    return planned.fault;
  }
}

const targets: Record<FaultTarget, string | undefined> = {
  submit: 'videoInference',
  poll: 'getResponse',
  upload: 'mediaStorage',
  any: undefined,
};

function strikes({ on, kind }: Fault, taskTypes: unknown[]): boolean {
  const taskType = targets[on];
  if (taskType && !taskTypes.includes(taskType)) return false;
  return kind !== 'array-refusal' || taskTypes.length > 1;
}
