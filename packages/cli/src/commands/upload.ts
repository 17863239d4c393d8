import { CommandError } from '../command-error.js';
import { createMediaReader, isUuid } from '../request/media-reader.js';
import { inSession } from '../session/session.js';
import { defineCommand } from './define-command.js';

/** `sync3 upload`: stores a file for use in several jobs. */
export const upload = defineCommand({
  command: 'upload <file>',
  describe: 'store a file for several jobs and print its mediaUUID',
  builder: (yargs) =>
    yargs
      .positional('file', {
        type: 'string',
        demandOption: true,
        describe: 'a local file, or a URL that the API fetches',
      })
      .example('$0 upload talk.mp4', 'prints what --video takes instead of the file'),
  handler: (options) =>
    inSession(options, async ({ sync3, reporter, signal }) => {
      const source = createMediaReader()(options.file, process.cwd(), '<file>');
      if (typeof source === 'string' && isUuid(source)) {
        const next = `Use it as it is: --video ${source}`;
        throw new CommandError(`"${source}" is the UUID of a file that is stored already.`, next);
      }
      const media = await sync3.media.upload(source, {
        signal,
        onProgress: (progress) => reporter.tell({ event: 'upload', ...progress }),
      });
      reporter.tell({ event: 'media', ...media });
      return 'success';
    }),
});
