import { ledgerOptions } from '../../batch/batch-options.js';
import { nextOfItem } from '../../batch/next-of-item.js';
import { beside, keyPositional } from '../../batch/steer.js';
import { defineCommand } from '../define-command.js';
import { listed } from './list.js';

/** `sync3 batch show`: prints an item and all that has happened to it. */
export const show = defineCommand({
  command: 'show <key>',
  describe: 'show an item: what happened to it and when, its files, the next step',
  builder: (yargs) =>
    yargs
      .positional('key', keyPositional)
      .options(ledgerOptions)
      .group(Object.keys(ledgerOptions), 'Batch:')
      .conflicts('database', 'database-url')
      .example('$0 batch show clip-7', 'its life on a timeline, in UTC')
      .example('$0 batch show clip-7 --json | jq .moves', 'for a script'),
  handler: (options) =>
    beside(options, async (database, reporter) => {
      const { itemLife } = await import('@sync3/batch');
      const { name, key } = options;
      const { item, moves, held } = await itemLife(database, name, key);
      const { files } = item;
      const media = item.media.map(({ pointer, path = null }) => ({ pointer, path }));
      const next = nextOfItem(item, held !== undefined, options);
      reporter.tell({ event: 'life', ...listed(item), media, files, moves, next });
      return 'success';
    }),
});
