import { allOption, beside, selecting, selectionOf, tellSteered } from '../../batch/steer.js';
import { wholeNumberOption } from '../../request/number-option.js';
import { defineCommand } from '../define-command.js';

/** `sync3 batch priority`: says which items are begun first. */
export const priority = defineCommand({
  command: 'priority <priority> [keys..]',
  describe: 'say which items are begun first',
  builder: (yargs) =>
    selecting(
      yargs.positional('priority', {
        ...wholeNumberOption(
          'priority',
          'higher is begun first; items have 0',
          -(2 ** 31),
          2 ** 31 - 1,
        ),
        demandOption: true,
      }),
      allOption,
    )
      .example('$0 batch priority 10 clip-7 clip-8', 'before all others')
      .example('$0 batch priority -1 clip-9', 'after all others')
      .epilogue(
        'Among equals the order of the manifest holds. A worker has begun what is `queued`.',
      ),
  handler: (options) =>
    beside(options, async (database, reporter) => {
      const { setPriority } = await import('@sync3/batch');
      const { name, priority: value = 0 } = options;
      const selection = selectionOf(options, name);
      return tellSteered(reporter, 'prioritised', await setPriority(database, selection, value));
    }),
});
