import { buildParams } from '../request/build-params.js';
import { inOptions } from '../request/in-options.js';
import { mediaInWords } from '../request/media-reader.js';
import { requestOptions } from '../request/request-options.js';
import { inSession } from '../session/session.js';
import { defineCommand } from './define-command.js';

/** `sync3 estimate`: prices a job without running it. */
export const estimate = defineCommand({
  command: 'estimate',
  describe: 'ask what a job would cost; nothing runs and nothing is charged',
  builder: (yargs) =>
    yargs
      .options(requestOptions)
      .group(Object.keys(requestOptions), 'Request:')
      .conflicts({ audio: ['text', 'segments'], text: 'segments' })
      .example('$0 estimate --video talk.mp4 --audio line.wav --number-results 3', 'prints USD')
      .epilogue(`${mediaInWords}\n\nLocal files are uploaded for it, which is free.`),
  handler: (options) =>
    inSession(options, async ({ sync3, reporter, signal }) => {
      const params = await buildParams(options, signal);
      const { cost = null } = await inOptions(
        sync3.lipsync.estimate(params, {
          signal,
          onUpload: (progress) => reporter.tell({ event: 'upload', ...progress }),
        }),
      );
      reporter.tell({ event: 'estimate', cost });
      return 'success';
    }),
});
