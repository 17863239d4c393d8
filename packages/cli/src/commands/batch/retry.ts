import {
  allOption,
  beside,
  codeOption,
  selecting,
  selectionOf,
  tellSteered,
} from '../../batch/steer.js';
import { defineCommand } from '../define-command.js';

/** `sync3 batch retry`: plans failed items once more. */
export const retry = defineCommand({
  command: 'retry [keys..]',
  describe: 'plan failed items once more, as new jobs that are paid for',
  builder: (yargs) =>
    selecting(yargs, { ...codeOption, ...allOption })
      .example('$0 batch retry clip-7', 'with its local files as they are now')
      .example('$0 batch retry --code timeoutProvider', 'all that failed so')
      .example('$0 batch retry --all', 'all that may succeed')
      .epilogue(
        'A worker that runs takes them at once; else go on with `sync3 batch run`. Items that cannot succeed as they are have to be named by their keys. An item whose job may exist is never planned again.',
      ),
  handler: (options) =>
    beside(options, async (database, reporter) => {
      const { retryItems } = await import('@sync3/batch');
      const selection = selectionOf(options, options.name);
      return tellSteered(reporter, 'retried', await retryItems(database, selection));
    }),
});
