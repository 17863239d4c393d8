/** As many durations are remembered, and so many of them show when jobs end. */
const mostRemembered = 32;
const fewest = 3;

/** How long the last jobs of a client took. */
export interface JobDurations {
  /** @param durationMs from the submit until the job was known to have settled. */
  add(durationMs: number): void;
  /** Whether several of the last jobs took about so long, in ms: within a third. */
  areNear(ageMs: number): boolean;
}

export function createJobDurations(): JobDurations {
  const last: number[] = [];
  return {
    add(durationMs) {
      if (last.push(durationMs) > mostRemembered) last.shift();
    },

    areNear(ageMs) {
      const near = last.filter((durationMs) => Math.abs(durationMs - ageMs) < ageMs / 3);
      return near.length >= fewest;
    },
  };
}
