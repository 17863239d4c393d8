import { type Ending, exitCodeOf } from '../exit-codes.js';
import type { GlobalArguments } from '../global-options.js';
import { listenForInterruption } from './interruption.js';
import { loadMockServer } from './load-mock-server.js';
import { type Aftermath, reportFailure } from './report-failure.js';
import { Reporter } from './reporter.js';

/** What a command that Ctrl-C stops in order works with. */
export interface Stoppable {
  readonly reporter: Reporter;
  /** Fires at the first Ctrl-C. */
  readonly signal: AbortSignal;
  /** Base URL of the mock server of `--mock`. */
  readonly mockUrl: string | undefined;
}

/**
 * Runs a command: with what prints, with Ctrl-C, and with `--mock` beside a mock server of its own.
 * Whatever it throws is told in words, and as the exit code.
 *
 * @param work what the command does; its answer decides the exit code.
 * @param aftermath what there is to tell when it fails or is stopped.
 */
export async function runStoppable(
  options: GlobalArguments,
  aftermath: Aftermath,
  work: (stoppable: Stoppable) => Promise<Ending>,
): Promise<void> {
  const reporter = new Reporter(options);
  const interruption = listenForInterruption();
  const { signal } = interruption;
  let mock: { readonly url: string; close(): Promise<void> } | undefined;
  try {
    if (options.mock) {
      reporter.tell({ event: 'starting' });
      const { startMockServer } = await loadMockServer();
      mock = await startMockServer({ port: 0 });
    }
    process.exitCode = exitCodeOf(await work({ reporter, signal, mockUrl: mock?.url }));
  } catch (error) {
    const ending = reportFailure(error, { ...aftermath, reporter, signal, options });
    process.exitCode = exitCodeOf(ending);
  } finally {
    reporter.end();
    await mock?.close();
    interruption.leave();
  }
}
