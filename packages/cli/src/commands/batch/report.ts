import { ledgerOptions, reportOptions, resultOptions } from '../../batch/batch-options.js';
import { saveReport } from '../../batch/save-report.js';
import { withLedger } from '../../batch/with-ledger.js';
import { runAlone } from '../../session/run-alone.js';
import { defineCommand } from '../define-command.js';

const resultGroup = { ...resultOptions, ...reportOptions };

/** `sync3 batch report`: writes the report of a batch as it is now. */
export const report = defineCommand({
  command: 'report',
  describe: 'write the HTML report of a batch as it is now; needs no key',
  builder: (yargs) =>
    yargs
      .options({ ...resultGroup, ...ledgerOptions })
      .group(Object.keys(resultGroup), 'Results:')
      .group(Object.keys(ledgerOptions), 'Batch:')
      .conflicts('database', 'database-url')
      .example('$0 batch report', 'prints output/report.html')
      .epilogue('`sync3 batch run` writes it at its end.'),
  handler: (options) =>
    runAlone(options, (reporter) =>
      withLedger(options, { mustExist: true }, async (database) => {
        reporter.tell({ event: 'report', ...(await saveReport(database, options)) });
        return 'success';
      }),
    ),
});
