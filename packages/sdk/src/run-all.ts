import { limit } from './abort.js';
import type { RunOptions } from './lipsync.js';
import { amounts } from './options.js';
import type { LipsyncResult } from './task.js';

/** How many jobs are run. The other options hold for each of them. */
export interface RunAllOptions extends Omit<RunOptions, 'idempotencyKey'> {
  /** Jobs that are under way at once, among them those whose outcome has not been fetched. @default 50 */
  concurrency?: number | undefined;
}

/** What became of one job. */
export type Outcome<Params> = {
  /** The parameters as the iterable gave them. */
  params: Params;
  /** Position in the iterable, from 0. */
  index: number;
} & ({ ok: true; result: LipsyncResult } | { ok: false; error: unknown });

/** Runs jobs side by side. @see Lipsync.runAll */
export async function* runAll<Params>(
  jobs: Iterable<Params> | AsyncIterable<Params>,
  options: RunAllOptions,
  run: (params: Params, options: RunOptions) => Promise<LipsyncResult>,
): AsyncGenerator<Outcome<Params>, void, undefined> {
  const { signal } = options;
  const { concurrency } = amounts({ concurrency: 50 }, options);
  const outcomes: Outcome<Params>[] = [];
  /** Ends the waits when the loop is left. */
  const controller = new AbortController();
  const source = each(jobs);
  let count = 0;
  let running = 0;
  let isTaking = false;
  let isOver = false;
  let failure: { error: unknown } | undefined;
  let wake = () => {};

  /** Takes one job from the source and begins it. */
  const take = async () => {
    isTaking = true;
    const { done, value } = await source.next();
    isTaking = false;
    isOver ||= done === true;
    if (isOver) return;
    const params = value as Params;
    const index = count++;
    running++;
    run(params, { ...options, signal: controller.signal })
      .then(
        (result) => outcomes.push({ params, index, ok: true, result }),
        (error) => outcomes.push({ params, index, ok: false, error }),
      )
      .finally(() => {
        running--;
        wake();
      });
  };
  const stop = (error: unknown) => {
    failure ??= { error };
    isOver = true;
  };
  const leave = limit((error) => {
    stop(error);
    controller.abort(signal?.reason);
    wake();
  }, signal);
  try {
    for (;;) {
      if (!isOver && !isTaking && running + outcomes.length < concurrency) {
        void take()
          .catch(stop)
          .finally(() => wake());
      }
      const outcome = outcomes.shift();
      if (outcome) yield outcome;
      else if (isOver && running === 0) break;
      else {
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      }
    }
    if (failure) throw failure.error;
  } finally {
    leave();
    isOver = true;
    controller.abort();
    // Not awaited: a source that is in the middle of something may take long.
    source.return().catch(() => {});
  }
}

/** Closes the iterable when it is left. */
async function* each<Item>(items: Iterable<Item> | AsyncIterable<Item>) {
  yield* items;
}
