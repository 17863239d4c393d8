import { beside, codeOption, selecting, selectionOf, tellSteered } from '../../batch/steer.js';
import { defineCommand } from '../define-command.js';

/** `sync3 batch drop`: removes items from the ledger. */
export const drop = defineCommand({
  command: 'drop [keys..]',
  describe: 'remove items from a batch that wait or are settled; files stay',
  builder: (yargs) =>
    selecting(yargs, codeOption)
      .example('$0 batch drop clip-7', 'the batch has no such item any more')
      .example('$0 batch drop --code cancelled', 'all that was cancelled')
      .epilogue(
        'An item whose job is under way, or may be, is left as it is. The same line, planned again, is a new item: after one that was settled, a job that is paid for again.',
      ),
  handler: (options) =>
    beside(options, async (database, reporter) => {
      const { dropItems } = await import('@sync3/batch');
      const selection = selectionOf(options, options.name);
      return tellSteered(reporter, 'dropped', await dropItems(database, selection));
    }),
});
