import type { Ending } from '../exit-codes.js';
import { type BatchArguments, batchCommand } from './batch-command.js';
import type { BatchSession } from './batch-session.js';
import { tellWork } from './tell-work.js';

/**
 * Rebuilds a ledger from a manifest, the API and the output, and tells what was found.
 *
 * @throws what `recoverLedger` throws.
 */
export async function recoverBatch(
  { database, client, reporter, signal }: BatchSession,
  options: BatchArguments & { manifest: string },
): Promise<Ending> {
  const { manifest: file, name, outputDir } = options;
  const { Manifest, recoverLedger } = await import('@sync3/batch');
  const { plan, ...found } = await recoverLedger(database, {
    batch: name,
    manifest: new Manifest(file),
    outputDirectory: outputDir,
    client,
    signal,
    onEvent: tellWork(reporter, outputDir),
    onProgress: (progress) => reporter.tell({ event: 'recovering', ...progress }),
  });
  if (plan) reporter.tell({ event: 'planned', ...plan });
  reporter.tell({ event: 'recovered', ...found, next: batchCommand('run', options) });
  return 'success';
}
