import type { Finding } from '../contract/finding.js';
import type { Fault } from '../faults/fault.js';
import { boundedCopy } from './bounded-copy.js';
import type { Secrets } from './secrets.js';

/** A POST to the API, as people and tests may see it: without keys, and bounded. */
export interface Exchange {
  /** Counts up from 1. */
  id: number;
  /** When the body was there, in ms since the epoch. */
  at: number;
  /** Until the answer was sent or given up, in ms; absent while the request is being answered. */
  durationMs?: number;
  /** Its tasks, but for those of type authentication; the first 200. */
  tasks: { taskType?: string; taskUUID?: string }[];
  request: unknown;
  /** What Prism found in the request, but for those of `if`, which only repeat others; the first 100. */
  findings: Finding[];
  fault?: Fault['kind'];
  /** HTTP status; absent when there was no answer. */
  status?: number;
  /** The answer as it was worked out, which a fault may have kept from the client. */
  answer?: unknown;
}

/** What came of a request. */
export interface Outcome {
  findings?: Finding[];
  fault?: Fault['kind'] | undefined;
  status?: number;
  answer?: unknown;
}

const mostExchanges = 1_000;
const mostTasks = 200;
const mostFindings = 100;

/** The last exchanges of one server: up to 1,000 plain polls, and up to 1,000 others. */
export class Journal {
  readonly #polls: Exchange[] = [];
  readonly #others: Exchange[] = [];
  readonly #secrets: Secrets;
  readonly #now: () => number;
  #lastId = 0;

  /** @param now the server's clock, in ms since the epoch. */
  constructor(secrets: Secrets, now: () => number) {
    this.#secrets = secrets;
    this.#now = now;
  }

  /** Oldest first. */
  get exchanges(): Exchange[] {
    return [...this.#polls, ...this.#others].sort((a, b) => a.id - b.id);
  }

  /** How many there have been. */
  get count(): number {
    return this.#lastId;
  }

  /** The exchanges with an id above `id`, oldest first. */
  after(id: number): Exchange[] {
    const newer = [this.#polls, this.#others].flatMap((list) =>
      list.slice(list.findLastIndex((exchange) => exchange.id <= id) + 1),
    );
    return newer.sort((a, b) => a.id - b.id);
  }

  /**
   * Notes a request.
   *
   * @param body as it was parsed; `undefined` when it is not JSON.
   * @returns takes note of what came of it; called once.
   */
  receive(body: unknown, authorization: string | undefined): (outcome: Outcome) => void {
    const tasks: unknown[] = Array.isArray(body) ? body : [];
    this.#secrets.learn(authorization, tasks);
    const shown = tasks.map((task) =>
      typeOf(task) === 'authentication' ? '… (an authentication task)' : task,
    );
    const started = performance.now();
    this.#lastId += 1;
    const exchange: Exchange = {
      id: this.#lastId,
      at: this.#now(),
      tasks: tasks
        .filter((task) => typeOf(task) !== 'authentication')
        .slice(0, mostTasks)
        .map((task) => this.#copy(identityOf(task)) as Exchange['tasks'][number]),
      request: this.#copy(Array.isArray(body) ? shown : body),
      findings: [],
    };
    const isPoll = tasks.length > 0 && tasks.every((task) => typeOf(task) === 'getResponse');
    const list = isPoll ? this.#polls : this.#others;
    list.push(exchange);
    if (list.length > mostExchanges) list.shift();
    return ({ findings = [], fault, status, answer }) => {
      exchange.durationMs = Math.round((performance.now() - started) * 10) / 10;
      const own = findings.filter(({ keyword }) => keyword !== 'if').slice(0, mostFindings);
      exchange.findings = this.#copy(own) as Finding[];
      if (fault) exchange.fault = fault;
      if (status !== undefined) exchange.status = status;
      if (answer !== undefined) exchange.answer = this.#copy(answer);
    };
  }

  #copy(value: unknown): unknown {
    return boundedCopy(value, (text) => this.#secrets.conceal(text));
  }
}

function identityOf(task: unknown): Exchange['tasks'][number] {
  const { taskUUID } = (task ?? {}) as { taskUUID?: unknown };
  const taskType = typeOf(task);
  return {
    ...(typeof taskType === 'string' && { taskType: taskType.slice(0, 40) }),
    ...(typeof taskUUID === 'string' && { taskUUID: taskUUID.slice(0, 40).toLowerCase() }),
  };
}

function typeOf(task: unknown): unknown {
  return (task as { taskType?: unknown } | null | undefined)?.taskType;
}
