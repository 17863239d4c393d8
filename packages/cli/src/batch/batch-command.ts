import { quoted } from '../output/quoted.js';
import type {
  LedgerArguments,
  ReportArguments,
  ResultArguments,
  WebhookArguments,
} from './batch-options.js';

/** The batch commands that others propose. */
type ProposedCommand =
  | 'run'
  | 'worker'
  | 'serve'
  | 'receive'
  | 'recover'
  | 'list'
  | 'replace'
  | 'resume'
  | 'retry';

/** What a batch command that is proposed as the next step shares with the one that proposes it. */
export type BatchArguments = LedgerArguments &
  ResultArguments &
  Partial<ReportArguments & WebhookArguments> & { mock: boolean; baseUrl: string | undefined };

/** The same of a command that only needs the ledger. */
export type SteerArguments = LedgerArguments & { mock: boolean };

/**
 * A batch command for the same batch and folders, ready to be pasted. The address of a database is
 * left out, as it may hold a password.
 *
 * @param more further arguments, each as a shell takes it.
 */
export function batchCommand(
  command: ProposedCommand,
  {
    name,
    database,
    databaseUrl,
    outputDir = 'output',
    report,
    webhookUrl,
    mock,
    baseUrl,
  }: SteerArguments & Partial<BatchArguments>,
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
    ...(webhookUrl === undefined ? [] : [`--webhook-url ${quoted(webhookUrl)}`]),
    ...(mock ? ['--mock'] : []),
    ...(baseUrl === undefined ? [] : [`--base-url ${quoted(baseUrl)}`]),
  ].join(' ');
}
