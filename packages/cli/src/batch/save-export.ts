import type { Database } from '@sync3/batch';
import type { Reporter } from '../session/reporter.js';
import type { ExportArguments } from './batch-options.js';

/**
 * Writes a row for each item of a batch into a file, where that was asked for, and tells of it.
 *
 * @throws what `exportResults` throws.
 */
export async function saveExport(
  database: Database,
  reporter: Reporter,
  { name, export: path }: ExportArguments & { name: string },
): Promise<void> {
  if (path === undefined) return;
  const { exportResults } = await import('@sync3/batch');
  const { items } = await exportResults(database, path, { batch: name });
  reporter.tell({ event: 'exported', path, items });
}
