import { ledgerOptions } from '../../batch/batch-options.js';
import { beside } from '../../batch/steer.js';
import { defineCommand } from '../define-command.js';

/** `sync3 batch resume`: lets a batch go on that was paused. */
export const resume = defineCommand({
  command: 'resume',
  describe: 'let a batch go on that was paused, by you or by a worker',
  builder: (yargs) =>
    yargs
      .options({ ...ledgerOptions })
      .group(Object.keys(ledgerOptions), 'Batch:')
      .conflicts('database', 'database-url')
      .example('$0 batch resume', 'workers go on at once')
      .epilogue('Where no worker waits, go on with `sync3 batch run`.'),
  handler: (options) =>
    beside(options, async (database, reporter) => {
      const { resumeBatch } = await import('@sync3/batch');
      const { name } = options;
      const wasHeld = await resumeBatch(database, name);
      reporter.tell({ event: 'hold', name, isHeld: false, wasHeld });
      return 'success';
    }),
});
