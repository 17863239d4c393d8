import { replicate, replicateRun, type Subject, subjects } from '../clients/subjects.ts';
import { runScript } from '../measure/child-script.ts';
import type { Figure, Row } from '../measure/figure.ts';
import { inTurns } from '../measure/repeat.ts';
import { seededRandom } from '../measure/seeded-random.ts';
import { mean, percentile, spread } from '../measure/statistics.ts';
import { startServer } from '../servers/start-server.ts';
import type { JobTimes } from './concurrent-jobs-client.ts';

const repetitions = 1;
const seed = 3;
const shortestJobMs = 10_000;
const longestJobMs = 40_000;

/** The only numbers that this program has not measured. */
const earlierMeasurement =
  'Not measured in this run: @runware/sdk, the official SDK, took 9,305 poll requests, a mean of 4.6 s, 3.1 CPU seconds and 274 MB for the same kind of work. Source: an earlier measurement by this project, on another occasion and not interleaved with these.';

/** What one client made of the jobs. */
export interface JobsResult {
  polls: number;
  requests: number;
  /** Ms from "done" to "the caller knows". */
  delays: number[];
  /** Seconds. */
  cpu: number;
  /** Seconds, from the last accepted submit; `null` when the client cannot tell when that was. */
  pollingCpu: number | null;
  /** Bytes above idle. */
  peakMemory: number;
  /** Jobs without their result, and requests that the server did not understand. */
  failures: string[];
}

/** Runs many jobs at once through each client. */
export const concurrentJobs: Figure = async ({ jobs, profileFolder }) => {
  const plan = planJobs(jobs, seededRandom(seed));
  const measured = subjects.toSpliced(subjects.indexOf(replicate) + 1, 0, replicateRun);
  const results = await inTurns(repetitions, measured, async (subject) => {
    const result = await runJobs(subject, plan, profileFolder);
    const { polls, cpu, peakMemory, delays } = result;
    console.error(
      `  ${subject.title}: ${polls} polls, ${mean(delays).toFixed(0)} ms, ${cpu.toFixed(2)} CPU s, ${(peakMemory / 2 ** 20).toFixed(0)} MB`,
    );
    return result;
  });
  return {
    title: `${jobs.toLocaleString('en-US')} concurrent jobs`,
    method: `${jobs.toLocaleString('en-US')} jobs submitted at once, each done ${shortestJobMs / 1000} to ${longestJobMs / 1000} s after it was accepted (seeded, the same for everyone), waited for with the client's own settings; processes of each client: ${repetitions}, in turns. "Known" is the time from "done" on the server to the result in the caller's hands. CPU is that of the client's process, all threads, from before the first submit; memory is the peak RSS above what the idle process takes after a first call and a garbage collection.`,
    subject: 'Client',
    columns: [
      { title: 'polls', best: 'lowest' },
      { title: 'requests in all', best: 'lowest' },
      { title: 'known after, mean s', best: 'lowest', digits: 2 },
      { title: 'p95 s', best: 'lowest', digits: 2 },
      { title: 'CPU s', best: 'lowest', digits: 2 },
      { title: 'of it polling', best: 'lowest', digits: 2 },
      { title: 'peak MB above idle', best: 'lowest' },
      { title: 'errors', best: 'lowest' },
    ],
    rows: measured.map((subject, index) => toRow(subject, results[index] ?? [])),
    notes: [...measured.map(({ title, waiting }) => `${title}: ${waiting}.`), earlierMeasurement],
  };
};

/** How long each of so many jobs takes, in ms. */
export function planJobs(count: number, random: () => number): number[] {
  return Array.from(
    { length: count },
    () => shortestJobMs + random() * (longestJobMs - shortestJobMs),
  );
}

/** @param plan how long each job takes, in ms. */
export async function runJobs(
  { protocol, file }: Subject,
  plan: readonly number[],
  profileFolder?: string,
): Promise<JobsResult> {
  const server = await startServer(protocol, plan);
  try {
    const script = new URL('concurrent-jobs-client.ts', import.meta.url);
    const input = { file, url: server.url, jobs: plan.length };
    const flags = ['--expose-gc'];
    if (profileFolder) flags.push('--cpu-prof', `--cpu-prof-dir=${profileFolder}/${file}`);
    const { knownTimes, failures, ...times } = await runScript<JobTimes>(script, input, flags);
    const { requests, doneTimes, failures: misunderstood } = await server.report();
    const delays = knownTimes.flatMap((time, job) => (time ? time - (doneTimes[job] ?? 0) : []));
    return {
      ...times,
      polls: requests.poll,
      requests: requests.submit + requests.poll + requests.result,
      delays,
      failures: [...failures, ...misunderstood],
    };
  } finally {
    server.stop();
  }
}

function toRow({ title }: Subject, results: JobsResult[]): Row {
  const column = (value: (result: JobsResult) => number) => spread(results.map(value));
  return {
    title,
    cells: [
      column(({ polls }) => polls),
      column(({ requests }) => requests),
      column(({ delays }) => mean(delays) / 1000),
      column(({ delays }) => percentile(delays, 95) / 1000),
      column(({ cpu }) => cpu),
      results.some(({ pollingCpu }) => pollingCpu === null)
        ? 'not apart'
        : column(({ pollingCpu }) => pollingCpu ?? 0),
      column(({ peakMemory }) => peakMemory / 2 ** 20),
      column(({ failures }) => failures.length),
    ],
  };
}
