import { allOption, beside, selecting, selectionOf, tellSteered } from '../../batch/steer.js';
import { defineCommand } from '../define-command.js';

/** `sync3 batch cancel`: fails items before they are submitted. */
export const cancel = defineCommand({
  command: 'cancel [keys..]',
  describe: 'cancel items that are not submitted yet; costs nothing',
  builder: (yargs) =>
    selecting(yargs, allOption)
      .example('$0 batch cancel clip-7 clip-8', 'they are never submitted')
      .example('$0 batch cancel --all', 'all that is not submitted yet')
      .epilogue(
        'A job that was submitted cannot be cancelled: the API has no way to, and it is paid for. A cancelled item has failed with the code "cancelled"; `sync3 batch retry <key>` plans it again.',
      ),
  handler: (options) =>
    beside(options, async (database, reporter) => {
      const { cancelItems } = await import('@sync3/batch');
      const selection = selectionOf(options, options.name);
      return tellSteered(reporter, 'cancelled', await cancelItems(database, selection));
    }),
});
