import { ledgerOptions } from '../../batch/batch-options.js';
import { beside } from '../../batch/steer.js';
import { defineCommand } from '../define-command.js';

/** `sync3 batch pause`: begins no job until `resume`. */
export const pause = defineCommand({
  command: 'pause',
  describe: 'begin no job until resume; jobs under way go on',
  builder: (yargs) =>
    yargs
      .options({ ...ledgerOptions })
      .group(Object.keys(ledgerOptions), 'Batch:')
      .conflicts('database', 'database-url')
      .example('$0 batch pause', 'nothing more is submitted, by any worker')
      .example('$0 batch resume', 'it goes on')
      .epilogue('It also holds for workers that are started later.'),
  handler: (options) =>
    beside(options, async (database, reporter) => {
      const { pauseBatch } = await import('@sync3/batch');
      const { name } = options;
      const wasHeld = await pauseBatch(database, name);
      reporter.tell({ event: 'hold', name, isHeld: true, wasHeld });
      return 'success';
    }),
});
