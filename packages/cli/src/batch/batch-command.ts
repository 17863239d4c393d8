import { quoted } from '../output/quoted.js';
import type { LedgerArguments, ReportArguments, ResultArguments } from './batch-options.js';

/** What a batch command that is proposed as the next step shares with the one that proposes it. */
export type BatchArguments = LedgerArguments &
  ResultArguments &
  Partial<ReportArguments> & { mock: boolean; baseUrl: string | undefined };

/**
 * A batch command for the same batch and folders, ready to be pasted. The address of a database is
 * left out, as it may hold a password.
 *
 * @param more further arguments, each as a shell takes it.
 */
export function batchCommand(
  command: 'run' | 'worker' | 'serve',
  { name, database, databaseUrl, outputDir, report, mock, baseUrl }: BatchArguments,
  ...more: readonly string[]
): string {
  return [
    `sync3 batch ${command}`,
    ...more,
    ...(name === 'default' ? [] : [`--name ${quoted(name)}`]),
    ...(database === undefined ? [] : [`--database ${quoted(database)}`]),
    ...(databaseUrl === undefined ? [] : ['--database-url …']),
    ...(outputDir === 'output' ? [] : [`-o ${quoted(outputDir)}`]),
    ...(report === undefined ? [] : [`--report ${quoted(report)}`]),
    ...(mock ? ['--mock'] : []),
    ...(baseUrl === undefined ? [] : [`--base-url ${quoted(baseUrl)}`]),
  ].join(' ');
}
