import type { JobStore } from './jobs/job-store.js';
import type { MediaStore } from './storage/media-store.js';

/**
 * Removes jobs and files whose time is over, so that memory and disk stay flat in long runs. What
 * is over is unknown at once; its place is freed within a quarter of the retention, or a minute.
 *
 * @returns ends it.
 */
export function sweepRegularly(
  retentionMs: number,
  jobs: JobStore,
  media: MediaStore,
): () => Promise<void> {
  let sweeping = Promise.resolve();
  const sweep = async (): Promise<void> => {
    await jobs.sweep();
    await media.sweep();
  };
  const timer = setInterval(
    () => {
      sweeping = sweeping.then(sweep).catch((error: unknown) => {
        console.error('The mock server could not remove old files:', error);
      });
    },
    Math.min(Math.max(retentionMs / 4, 100), 60_000),
  );
  timer.unref();
  return async () => {
    clearInterval(timer);
    await sweeping;
  };
}
