import { attachCommand } from '../output/attach-command.js';
import { buildParams } from '../request/build-params.js';
import { mediaInWords } from '../request/media-reader.js';
import { submitOptions } from '../request/request-options.js';
import { inSession } from '../session/session.js';
import { defineCommand } from './define-command.js';
import { numberOfResults } from './number-of-results.js';
import { submitJob } from './submit-job.js';

/** `sync3 submit`: submits a job and prints its taskUUID. */
export const submit = defineCommand({
  command: 'submit',
  describe: 'submit a job and print its taskUUID, without waiting for it',
  builder: (yargs) =>
    yargs
      .options(submitOptions)
      .group(Object.keys(submitOptions), 'Request:')
      .conflicts({ audio: ['text', 'segments'], text: 'segments' })
      .example('$0 submit --video talk.mp4 --audio line.wav', 'prints the taskUUID')
      .example('$0 wait <taskUUID> -o dubbed.mp4', 'gets the result, later or elsewhere')
      .epilogue(mediaInWords),
  handler: (options) =>
    inSession(options, async (session) => {
      const params = await buildParams(options, session.signal);
      const results = numberOfResults(params);
      session.job.attachCommand = (taskUUID) => attachCommand(taskUUID, results, options);
      const { taskUUID } = await submitJob(session, params, options.idempotencyKey);
      const next = session.job.attachCommand(taskUUID);
      session.reporter.tell({ event: 'job', taskUUID, next });
      return 'success';
    }),
});
