import { uniformFloat64 } from 'pure-rand/distribution/uniformFloat64';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';
import type { Fault } from './fault.js';

/** How long a request stalls, in ms. Longer would test patience more than code. */
const stallMs = 10_000;

interface Choice {
  /** Its part among the choices that a request has. */
  weight: number;
  fault: Fault;
  /** @default every request has it */
  suits?(taskTypes: unknown[]): boolean;
}

/**
 * What chaos draws from: all that a correct client survives, so that every job still finishes once
 * and is paid for once. Refusals that no retry mends (401, 402, 403, 404), results that fail or
 * expire, and answers against the document are therefore not among it.
 */
const choices: Choice[] = [
  { weight: 16, fault: { on: 'any', kind: 'drop-before-accept' } },
  { weight: 16, fault: { on: 'any', kind: 'drop-after-accept' } },
  { weight: 10, fault: { on: 'any', kind: 'truncated-body' } },
  { weight: 10, fault: { on: 'any', kind: 'malformed-body' } },
  { weight: 14, fault: { on: 'any', kind: 'status', status: 429, retryAfterSeconds: 1 } },
  { weight: 8, fault: { on: 'any', kind: 'status', status: 500 } },
  { weight: 12, fault: { on: 'any', kind: 'status', status: 503 } },
  { weight: 4, fault: { on: 'any', kind: 'status', status: 504 } },
  { weight: 2, fault: { on: 'any', kind: 'stall', stallMs } },
  { weight: 8, fault: { on: 'poll', kind: 'empty-data' }, suits: isOnlyPolls },
  {
    weight: 8,
    fault: { on: 'poll', kind: 'array-refusal' },
    suits: (taskTypes) => taskTypes.length > 1 && isOnlyPolls(taskTypes),
  },
];

/** What becomes of a webhook: a receiver has to bear both. */
const webhookFaults: Fault[] = [
  { on: 'webhook', kind: 'duplicate-webhook' },
  { on: 'webhook', kind: 'reordered-webhooks' },
];

type Random = ReturnType<typeof xoroshiro128plus>;

/**
 * Faults by chance. The same seed and the same sequence of requests give the same faults; webhooks
 * have a sequence of their own, because they come when they come.
 */
export class Chaos {
  readonly #share: number;
  readonly #forRequests: Random;
  readonly #forWebhooks: Random;

  /** @param share of the requests, and of the webhooks, that something happens to, 0 to 1. */
  constructor(share: number, seed: number) {
    this.#share = share;
    this.#forRequests = randomFrom(seed);
    this.#forWebhooks = randomFrom(~seed);
  }

  /** The fault of the next request, if it meets one. Two draws each, whatever the request is. */
  draw(taskTypes: unknown[]): Fault | undefined {
    const isStruck = uniformFloat64(this.#forRequests) < this.#share;
    const part = uniformFloat64(this.#forRequests);
    if (!isStruck) return undefined;
    const suiting = choices.filter(({ suits }) => suits?.(taskTypes) ?? true);
    let left = part * suiting.reduce((sum, { weight }) => sum + weight, 0);
    return suiting.find(({ weight }) => {
      left -= weight;
      return left < 0;
    })?.fault;
  }

  /** The fault of the next webhook, if it meets one. */
  drawForWebhook(): Fault | undefined {
    const isStruck = uniformFloat64(this.#forWebhooks) < this.#share;
    const part = uniformFloat64(this.#forWebhooks);
    return isStruck ? webhookFaults[Math.floor(part * webhookFaults.length)] : undefined;
  }
}

function randomFrom(seed: number): Random {
  const random = xoroshiro128plus(seed);
  // The first draws hardly differ between seeds.
  for (let draw = 0; draw < 20; draw++) uniformFloat64(random);
  return random;
}

function isOnlyPolls(taskTypes: unknown[]): boolean {
  return taskTypes.length > 0 && taskTypes.every((taskType) => taskType === 'getResponse');
}
