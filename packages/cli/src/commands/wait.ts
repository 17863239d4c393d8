import { attachCommand } from '../output/attach-command.js';
import { deliver } from '../output/deliver.js';
import { outputOptions } from '../output/output-options.js';
import { assertWritable, outputPaths } from '../output/output-paths.js';
import { inSession } from '../session/session.js';
import { defineCommand } from './define-command.js';
import { jobOptions, taskUUIDPositional } from './job-options.js';
import { waitForResult } from './wait-for-result.js';

/** `sync3 wait`: waits for a job that was submitted before and saves its results. */
export const wait = defineCommand({
  command: 'wait <taskUUID>',
  describe: 'wait for a job that was submitted before and save the result',
  builder: (yargs) =>
    yargs
      .positional('taskUUID', taskUUIDPositional)
      .options({ ...jobOptions, ...outputOptions })
      .group(Object.keys({ ...jobOptions, ...outputOptions }), 'Result:')
      .example('$0 wait 6f1c3c5e-6a3b-4c0e-9d0a-0d6c5c1b7a11 -o dubbed.mp4', 'saves the result')
      .example('$0 wait 6f1c3c5e-6a3b-4c0e-9d0a-0d6c5c1b7a11', 'prints its URL')
      .epilogue(
        'A job that the API does not know looks like one that is still rendering: the wait ends with --timeout.',
      ),
  handler: (options) =>
    inSession(options, async (session) => {
      const { taskUUID, results = 1, output, force, timeout } = options;
      const task = session.sync3.tasks.attach(taskUUID, { expectedResults: results });
      if (output !== undefined) await assertWritable(outputPaths(output, results), force);
      Object.assign(session.job, {
        taskUUID,
        isAccepted: true,
        attachCommand: () => attachCommand(taskUUID, results, options, session.job.isPartlySaved),
      });
      return deliver(session, await waitForResult(session, task, timeout), results, options);
    }),
});
