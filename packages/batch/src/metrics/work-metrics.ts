import type { Counter, Histogram, Meter } from '@opentelemetry/api';
import type { Item } from '../ledger/item.js';
import { attribute, errorType } from './attributes.js';

/** Bounds in seconds, from a request to a job of an hour. */
const secondsOfJobs = [1, 2.5, 5, 10, 20, 30, 60, 120, 300, 600, 1200, 1800, 3600];
/** Those of `http.client.request.duration` in the semantic conventions. */
const secondsOfRequests = [
  0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5, 7.5, 10, 30,
];

/** What one worker measures of its own work. */
export class WorkMetrics {
  readonly #batch: Record<string, string>;
  readonly #jobs: Histogram;
  readonly #deliveries: Histogram;
  readonly #jobRetries: Counter;
  readonly #requests: Histogram;
  readonly #requestRetries: Counter;

  constructor(meter: Meter, batch: string) {
    this.#batch = { [attribute.batch]: batch };
    this.#jobs = meter.createHistogram('sync3.job.duration', {
      description: 'Time from the submit of a job until it was seen finished.',
      unit: 's',
      advice: { explicitBucketBoundaries: secondsOfJobs },
    });
    this.#deliveries = meter.createHistogram('sync3.delivery.duration', {
      description: 'Time from the end of a job until its files were delivered.',
      unit: 's',
      advice: { explicitBucketBoundaries: secondsOfJobs },
    });
    this.#jobRetries = meter.createCounter('sync3.job.retries', {
      description: 'New jobs that a rule has begun for failed ones.',
      unit: '{retry}',
    });
    this.#requests = meter.createHistogram('sync3.request.duration', {
      description: 'Time until the API answered a request, or the request failed.',
      unit: 's',
      advice: { explicitBucketBoundaries: secondsOfRequests },
    });
    this.#requestRetries = meter.createCounter('sync3.request.retries', {
      description: 'Calls of the API that failed and were tried again.',
      unit: '{retry}',
    });
  }

  /** An item has settled in this worker. */
  settled({ state, submittedAt, renderedAt, settledAt, error }: Item): void {
    if (!submittedAt) return;
    const attributes = {
      ...this.#batch,
      [attribute.state]: state,
      ...(error && { [attribute.error]: errorType(error.code) }),
    };
    record(this.#jobs, submittedAt, renderedAt ?? settledAt, attributes);
    record(this.#deliveries, renderedAt, settledAt, attributes);
  }

  /** A rule has begun a new job. @param code of the failure. */
  jobRetried(code: string): void {
    this.#jobRetries.add(1, { ...this.#batch, [attribute.error]: errorType(code) });
  }

  /** A call of the API is tried again. */
  requestRetried(error: Error): void {
    const { code = error.name } = error as { code?: unknown };
    this.#requestRetries.add(1, { ...this.#batch, [attribute.error]: errorType(code) });
  }

  /** A `fetch` whose requests are measured, until the head of the answer. */
  measured(fetch: typeof globalThis.fetch): typeof fetch {
    return async (input, init) => {
      const startedAt = performance.now();
      const end = (outcome: Record<string, string | number>) =>
        this.#requests.record((performance.now() - startedAt) / 1000, {
          ...this.#batch,
          ...taskOf(init?.body),
          ...outcome,
        });
      try {
        const response = await fetch(input, init);
        const { status, ok } = response;
        end({ [attribute.status]: status, ...(!ok && { [attribute.error]: `${status}` }) });
        return response;
      } catch (error) {
        const { name, cause } = Object(error);
        end({ [attribute.error]: errorType(Object(cause).code ?? name) });
        throw error;
      }
    };
  }
}

/** @param from and `to` by the clock of the database, which may have been set back between them. */
function record(
  histogram: Histogram,
  from: Date | null,
  to: Date | null,
  attributes: Record<string, string>,
): void {
  if (!from || !to || to < from) return;
  histogram.record((to.getTime() - from.getTime()) / 1000, attributes);
}

/** The tasks of a request are all of one type, behind the one that carries the key. */
function taskOf(body: unknown): Record<string, string> {
  if (typeof body !== 'string') return {};
  const [, type] = /"taskType":"(?!authentication")(\w{1,64})"/.exec(body.slice(0, 2_000)) ?? [];
  return type === undefined ? {} : { [attribute.task]: type };
}
