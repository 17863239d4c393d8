import { extname } from 'node:path';
import { parameters } from '@sync3/generated/parameters';
import type { LipsyncParams } from '@sync3/sdk';
import { attachCommand } from '../output/attach-command.js';
import { deliver } from '../output/deliver.js';
import { outputOptions } from '../output/output-options.js';
import { assertWritable, outputPaths } from '../output/output-paths.js';
import { findParameter } from '../parameters/path-names.js';
import { buildParams } from '../request/build-params.js';
import { mediaInWords } from '../request/media-reader.js';
import { submitOptions } from '../request/request-options.js';
import { inSession } from '../session/session.js';
import { defineCommand } from './define-command.js';
import { numberOfResults } from './number-of-results.js';
import { submitJob } from './submit-job.js';
import { waitForResult } from './wait-for-result.js';

/** `sync3 run`: submits a job, waits for it and saves its results. */
export const run = defineCommand({
  command: 'run',
  describe: 'submit a job, wait for it and save the result',
  builder: (yargs) =>
    yargs
      .options({ ...submitOptions, ...outputOptions })
      .group(Object.keys(submitOptions), 'Request:')
      .group(Object.keys(outputOptions), 'Result:')
      .conflicts({ audio: ['text', 'segments'], text: 'segments' })
      .example('$0 run --video talk.mp4 --audio line.wav -o dubbed.mp4', 'a recording for a clip')
      .example('$0 run --video talk.mp4 --text "Good evening." -o dubbed.mp4', 'a spoken text')
      .example('$0 run --mock --video talk.mp4 --audio line.wav -o dubbed.mp4', 'try it for free')
      .example('$0 run --params request.json --quality 80 -o dubbed.mp4', 'a request from a file')
      .example('$0 run --video talk.mp4 --audio line.wav --json', 'for a script')
      .epilogue(
        `${mediaInWords}\n\nCtrl-C detaches: the job goes on, and the command that gets its result is printed. A second Ctrl-C ends at once.`,
      ),
  handler: (options) =>
    inSession(options, async (session) => {
      const { output, force, idempotencyKey, timeout } = options;
      const params = inFormatOf(output, await buildParams(options, session.signal));
      const results = numberOfResults(params);
      session.job.attachCommand = (taskUUID) =>
        attachCommand(taskUUID, results, options, session.job.isPartlySaved);
      if (output !== undefined) await assertWritable(outputPaths(output, results), force);
      const task = await submitJob(session, params, idempotencyKey);
      return deliver(session, await waitForResult(session, task, timeout), results, options);
    }),
});

/** `out.webm` shall hold WEBM, unless another format is asked for. */
function inFormatOf(output: string | undefined, params: LipsyncParams): LipsyncParams {
  const { choices = [], default: standard } = findParameter(parameters, ['outputFormat']) ?? {};
  const extension = extname(output ?? '')
    .slice(1)
    .toUpperCase();
  const isFormat = extension !== standard && choices.some(({ value }) => value === extension);
  if (!isFormat || 'outputFormat' in params) return params;
  // Its type knows the formats of the document, if there are any.
  const format: object = { outputFormat: extension };
  return { ...params, ...format };
}
