import { numbersWithDefaults } from '../options.js';
import type { LipsyncResult, TaskSnapshot } from '../results.js';
import { onAbortOrTimeout } from '../wire/abort.js';
import type { RunOptions } from './submit-options.js';

/** How many jobs are run. The other options hold for each of them. */
export interface RunAllOptions<Snapshot = TaskSnapshot>
  extends Omit<RunOptions<Snapshot>, 'idempotencyKey' | 'namespace'> {
  /** Jobs that are under way at once, among them those whose outcome has not been fetched. @default 50 */
  concurrency?: number | undefined;
}

/** What became of one job. */
export type Outcome<Params, Result = LipsyncResult> = {
  /** The parameters as the iterable gave them. */
  params: Params;
  /** Position in the iterable, from 0. */
  index: number;
} & ({ ok: true; result: Result } | { ok: false; error: unknown });

/** Runs jobs side by side. @see Lipsync.runAll */
export async function* runAll<Params, Snapshot, Result>(
  jobs: Iterable<Params> | AsyncIterable<Params>,
  options: RunAllOptions<Snapshot>,
  run: (params: Params, options: RunOptions<Snapshot>) => Promise<Result>,
): AsyncGenerator<Outcome<Params, Result>, void, undefined> {
  const { signal } = options;
  const { concurrency } = numbersWithDefaults({ concurrency: 50 }, options);
  const outcomes: Outcome<Params, Result>[] = [];
  /** Each ends a wait when the loop is left; Node 20 warns of many listeners on one. */
  const running = new Set<AbortController>();
  let count = 0;
  let isOver = false;
  /** Why no more jobs are begun; the first counts. */
  const failures: unknown[] = [];
  /** Who waits for something to change. */
  const waiting: (() => void)[] = [];
  const change = () => new Promise<void>((resolve) => waiting.push(resolve));
  const changed = () => {
    for (const resolve of waiting.splice(0)) resolve();
  };

  /** Takes jobs from the source and begins them, as places become free. */
  const take = async () => {
    for await (const params of jobs) {
      if (isOver) return;
      const index = count++;
      const controller = new AbortController();
      running.add(controller);
      run(params, { ...options, signal: controller.signal })
        .then(
          (result) => outcomes.push({ params, index, ok: true, result }),
          (error) => outcomes.push({ params, index, ok: false, error }),
        )
        .finally(() => {
          running.delete(controller);
          changed();
        });
      while (!isOver && running.size + outcomes.length >= concurrency) await change();
      if (isOver) return;
    }
  };
  const end = (reason?: unknown) => {
    isOver = true;
    for (const controller of running) controller.abort(reason);
    changed();
  };
  const leave = onAbortOrTimeout((error) => {
    failures.push(error);
    end(signal?.reason);
  }, signal);
  take()
    .catch((error) => failures.push(error))
    .finally(() => {
      isOver = true;
      changed();
    });
  try {
    for (;;) {
      const outcome = outcomes.shift();
      if (outcome) {
        changed();
        yield outcome;
      } else if (isOver && !running.size) break;
      else await change();
    }
    if (failures.length) throw failures[0];
  } finally {
    leave();
    end();
  }
}
