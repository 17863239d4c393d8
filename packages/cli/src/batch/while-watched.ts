import type { BatchArguments } from './batch-command.js';
import type { WatchArguments } from './batch-options.js';
import type { BatchSession } from './batch-session.js';

/** Works, and with `--watch` serves the page of the batch as long as that takes. */
export async function whileWatched<Result>(
  { database, reporter }: BatchSession,
  { name, outputDir, watch, port }: BatchArguments & Partial<WatchArguments>,
  work: () => Promise<Result>,
): Promise<Result> {
  if (!watch) return work();
  const { servePage } = await import('@sync3/batch');
  const page = await servePage(database, { batch: name, outputDirectory: outputDir, port });
  reporter.tell({ event: 'watch', url: page.url });
  try {
    return await work();
  } finally {
    await page.close();
  }
}
