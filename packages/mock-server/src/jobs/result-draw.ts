import { randomUUID } from 'node:crypto';
import { uniformInt } from 'pure-rand/distribution/uniformInt';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';
import type { JobResult } from './job.js';

/** Draws what differs between results. It depends only on the seed and on the order of jobs. */
export class ResultDraw {
  readonly #durationMs: readonly [shortest: number, longest: number];
  readonly #random: ReturnType<typeof xoroshiro128plus>;

  constructor(durationMs: [shortest: number, longest: number], seed: number) {
    this.#durationMs = durationMs;
    this.#random = xoroshiro128plus(seed);
    // The first draws hardly differ between seeds.
    for (let draw = 0; draw < 20; draw++) uniformInt(this.#random, 0, 1);
  }

  /** The results of a job that begins now, each with a seed and a time of its own. */
  draw(numberResults: number, now: number): JobResult[] {
    const [shortest, longest] = this.#durationMs;
    return Array.from({ length: numberResults }, () => ({
      videoUUID: randomUUID(),
      seed: uniformInt(this.#random, 0, 2 ** 31 - 1),
      readyAt:
        now + (shortest === Infinity ? shortest : uniformInt(this.#random, shortest, longest)),
      outcome: undefined,
    }));
  }
}
