import { tellFailure } from '../output/tell-failure.js';
import { inSession } from '../session/session.js';
import { defineCommand } from './define-command.js';
import { jobOptions, taskUUIDPositional } from './job-options.js';

/** `sync3 status`: looks at a job once. */
export const status = defineCommand({
  command: 'status <taskUUID>',
  describe: 'look at a job once: prints processing or settled, and the URLs that are ready',
  builder: (yargs) =>
    yargs
      .positional('taskUUID', taskUUIDPositional)
      .options(jobOptions)
      .group(Object.keys(jobOptions), 'Result:')
      .example('$0 status 6f1c3c5e-6a3b-4c0e-9d0a-0d6c5c1b7a11', '')
      .epilogue(
        'The exit code is 0 while the job goes on. A job that the API does not know looks like one that is still rendering.',
      ),
  handler: (options) =>
    inSession(options, async ({ sync3, reporter, signal }) => {
      const { taskUUID, results } = options;
      const snapshot = await sync3.tasks.status(taskUUID, { expectedResults: results, signal });
      const { status, videos, failures, pending, progress } = snapshot;
      const counts = { ready: videos.length, failed: failures.length, pending };
      reporter.tell({ event: 'status', taskUUID, status, ...counts, progress });
      for (const { row: _, ...facts } of videos) reporter.tell({ event: 'video', ...facts });
      for (const failure of failures) tellFailure(reporter, taskUUID, failure);
      if (status === 'processing' || failures.length + pending === 0) return 'success';
      return videos.length > 0 ? 'partial' : 'jobFailed';
    }),
});
