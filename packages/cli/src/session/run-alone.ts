import { type Ending, exitCodeOf } from '../exit-codes.js';
import type { GlobalArguments } from '../global-options.js';
import { reportFailure } from './report-failure.js';
import { Reporter } from './reporter.js';

/** Runs a command that needs no API: without a key, a client or a job. */
export async function runAlone(
  options: GlobalArguments,
  work: (reporter: Reporter) => Promise<Ending>,
): Promise<void> {
  const reporter = new Reporter(options);
  try {
    process.exitCode = exitCodeOf(await work(reporter));
  } catch (error) {
    process.exitCode = exitCodeOf(reportFailure(error, { reporter, options }));
  } finally {
    reporter.end();
  }
}
