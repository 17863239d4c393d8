import { batchCommand } from '../../batch/batch-command.js';
import { ledgerOptions, resultOptions } from '../../batch/batch-options.js';
import { inBatchSession } from '../../batch/batch-session.js';
import { recoverBatch } from '../../batch/recover-batch.js';
import { quoted } from '../../output/quoted.js';
import { defineCommand } from '../define-command.js';

/** `sync3 batch recover`: rebuilds a ledger that was lost. */
export const recover = defineCommand({
  command: 'recover <manifest>',
  describe: 'rebuild a lost ledger from its manifest, the API and the results; submits nothing',
  builder: (yargs) =>
    yargs
      .positional('manifest', {
        type: 'string',
        demandOption: true,
        describe: 'the JSONL or CSV file that the batch was planned from',
      })
      .options({ ...resultOptions, ...ledgerOptions })
      .group(Object.keys(resultOptions), 'Results:')
      .group(Object.keys(ledgerOptions), 'Batch:')
      .conflicts('database', 'database-url')
      .example('$0 batch recover clips.jsonl -o dubbed', 'says what was found')
      .epilogue(
        'Plans the manifest and asks the API for the job of each item. Files whose checksum is that of the result are taken as delivered. Nothing is submitted or paid for; `sync3 batch run` does the rest. Jobs are found by the name of the batch and the parameters, which must be as they were.',
      ),
  handler: (options) =>
    inBatchSession(
      options,
      {
        mustExist: false,
        goOn: () => batchCommand('recover', options, quoted(options.manifest)),
      },
      (session) => recoverBatch(session, options),
    ),
});
