// Loaded before a worker (`--import`): its wall clock is wrong by up to two hours, and is set to another
// wrong time at a random moment, again and again. PGlite has its time from it; a monotonic clock has not.
const farthestMs = 2 * 3_600_000;
/** Longest time between two steps, in ms. */
const longestPauseMs = 4_000;

const RealDate = Date;
let offset = 0;

class UnsteadyDate extends RealDate {
  constructor(...parts: [] | [string | number | Date]) {
    if (parts.length > 0) super(...(parts as [number]));
    else super(UnsteadyDate.now());
  }

  static override now(): number {
    return RealDate.now() + offset;
  }
}

function step(): void {
  offset = Math.round((2 * Math.random() - 1) * farthestMs);
  setTimeout(step, Math.random() * longestPauseMs).unref();
}

globalThis.Date = UnsteadyDate as DateConstructor;
step();
