import type { LoadRun } from './run-load.ts';
import type { LoadShape, Memory } from './shape.ts';

/** Slowest that 99 of 100 requests may be. */
const slowestP99Ms = 250;
/** What counts as flat: the jobs themselves are kept, and so is what happened to them. */
const mostGrowth = 32 * 2 ** 20;

/** What the counts of a run do not agree on, in words; empty when all is accounted for. */
export function findMiscounts(shape: LoadShape, { client, server }: LoadRun): string[] {
  const { tasks, resultsPerTask, failingEvery } = shape;
  const failing = Math.floor(tasks / failingEvery);
  const expected: [what: string, actual: number, expected: number][] = [
    ['submitted jobs', client.submitted, tasks],
    ['accepted jobs', client.accepted, tasks],
    ['requests not answered with 200', count(client.refused), 0],
    ['finished jobs, by polls', client.states.success, tasks - failing],
    ['failed jobs, by polls', client.states.error, failing],
    ['finished jobs, by the server', server.states.success, tasks - failing],
    ['failed jobs, by the server', server.states.error, failing],
    ['charged jobs', server.stats['charged'] ?? 0, tasks],
    ['webhooks that came', client.webhooks.received, tasks * resultsPerTask],
    ['videos told of', client.webhooks.videos, (tasks - failing) * resultsPerTask],
    ['failures told of', client.webhooks.failures, failing * resultsPerTask],
    ['webhooks that came again', client.webhooks.repeated, 0],
    ['webhooks delivered, by the server', server.stats['webhooks'] ?? 0, tasks * resultsPerTask],
    ['violations of the document', server.violations, 0],
  ];
  return expected
    .filter(([, actual, wanted]) => actual !== wanted)
    .map(([what, actual, wanted]) => `${what}: ${actual}, not ${wanted}`);
}

/** What a run missed of all that must hold. */
export function findMisses(shape: LoadShape, run: LoadRun): string[] {
  const misses = findMiscounts(shape, run);
  const p99 = percentile(
    run.client.latenciesMs.toSorted((a, b) => a - b),
    99,
  );
  if (p99 > slowestP99Ms) misses.push(`p99: ${p99.toFixed(1)} ms, not ${slowestP99Ms}`);
  const { rss } = memoryGrowth(run.inUse);
  if (rss > mostGrowth) misses.push(`memory grew by ${rss} bytes after the first minute`);
  const wanted = shape.submitsPerSecond * shape.resultsPerTask;
  const { perSecond } = run.client.webhooks;
  if (perSecond < wanted * 0.95) {
    misses.push(`webhooks per second: ${perSecond.toFixed(1)}, not ${wanted}`);
  }
  return misses;
}

/** From the end of the first minute to the end of the run, in bytes; 0 for a shorter run. */
export function memoryGrowth(inUse: Memory[]): { rss: number; heapUsed: number } {
  const [first, last = first] = inUse;
  if (!first || !last) return { rss: 0, heapUsed: 0 };
  return { rss: last.rss - first.rss, heapUsed: last.heapUsed - first.heapUsed };
}

function count(refused: Record<string, number>): number {
  return Object.values(refused).reduce((sum, times) => sum + times, 0);
}

/** @param sorted in ascending order. */
export function percentile(sorted: number[], share: number): number {
  return sorted[Math.ceil((share / 100) * sorted.length) - 1] ?? Number.NaN;
}
