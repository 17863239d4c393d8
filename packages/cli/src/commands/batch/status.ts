import { progressOf } from '../../batch/batch-events.js';
import { exportOptions, ledgerOptions } from '../../batch/batch-options.js';
import { countPlanned } from '../../batch/count-planned.js';
import { releasingCommand } from '../../batch/end-of-work.js';
import { saveExport } from '../../batch/save-export.js';
import { withLedger } from '../../batch/with-ledger.js';
import { runAlone } from '../../session/run-alone.js';
import { defineCommand } from '../define-command.js';

/** `sync3 batch status`: looks at a batch once. */
export const status = defineCommand({
  command: 'status',
  describe: 'look at a batch once: items by state, cost, workers, and why it is held; needs no key',
  builder: (yargs) =>
    yargs
      .options({ ...exportOptions, ...ledgerOptions })
      .group(Object.keys(exportOptions), 'Results:')
      .group(Object.keys(ledgerOptions), 'Batch:')
      .conflicts('database', 'database-url')
      .example('$0 batch status', 'a line for each number')
      .example('$0 batch status --export results.csv', 'a row for each item')
      .example('$0 batch status --json | jq .states.failed', 'for a script')
      .epilogue('It also works while a worker has the directory open.'),
  handler: (options) =>
    runAlone(options, (reporter) =>
      withLedger(options, { mustExist: true }, async (database) => {
        const { readStanding } = await import('@sync3/batch');
        const { name } = options;
        const counts = await countPlanned(database, name);
        const { held, workers } = await readStanding(database, name);
        const { estimatedCost } = counts;
        const next = held ? releasingCommand(held, workers.length > 0, options) : undefined;
        const facts = { ...progressOf(counts), estimatedCost, workers, held, next };
        reporter.tell({ event: 'batch-status', name, ...facts });
        await saveExport(database, reporter, options);
        return 'success';
      }),
    ),
});
