import {
  exportOptions,
  ledgerOptions,
  reportOptions,
  resultOptions,
  watchOptions,
  webhookOptions,
} from '../../batch/batch-options.js';
import { inBatchSession } from '../../batch/batch-session.js';
import { manifestInWords } from '../../batch/manifest-in-words.js';
import { manifestOptions } from '../../batch/manifest-options.js';
import { monitorOptions } from '../../batch/monitor-options.js';
import { goOnCommand, runBatch } from '../../batch/run-batch.js';
import { limitOptions, patienceOptions, planOptions } from '../../batch/work-options.js';
import { defineCommand } from '../define-command.js';

const resultGroup = { ...resultOptions, ...reportOptions, ...exportOptions };

/** `sync3 batch run`: plans a manifest and works on it until all is settled. */
export const run = defineCommand({
  command: 'run [manifest]',
  describe: 'run every job of a manifest, or go on where an earlier run has ended',
  builder: (yargs) =>
    yargs
      .positional('manifest', {
        type: 'string',
        describe:
          'a JSONL, JSON or CSV file of jobs, - for stdin; without it the batch goes on as it was planned',
      })
      .options({
        ...planOptions,
        ...manifestOptions,
        ...limitOptions,
        ...patienceOptions,
        ...webhookOptions,
        ...resultGroup,
        ...watchOptions,
        ...monitorOptions,
        ...ledgerOptions,
      })
      .group(Object.keys({ ...planOptions, ...manifestOptions }), 'Plan:')
      .group(Object.keys(limitOptions), 'Limits, kept in the ledger:')
      .group(Object.keys(patienceOptions), 'Patience:')
      .group(Object.keys(webhookOptions), 'Webhooks:')
      .group(Object.keys(resultGroup), 'Results:')
      .group(Object.keys(watchOptions), 'Page:')
      .group(Object.keys(monitorOptions), 'Monitoring:')
      .group(Object.keys(ledgerOptions), 'Batch:')
      .conflicts('database', 'database-url')
      .example('$0 batch run clips.jsonl -o dubbed', 'each result appears in the folder "dubbed"')
      .example('$0 batch run clips.csv --estimate', 'prints USD')
      .example('$0 batch run clips.jsonl --max-cost 50', 'spends no more than 50 USD')
      .example('$0 batch run', 'goes on after Ctrl-C or a crash')
      .example('$0 batch run --retry-failed', 'tries again what has failed')
      .example(
        "$0 batch run --notify-command 'mail -s batch me@example.com'",
        'a mail with the event as JSON',
      )
      .example('$0 batch run clips.jsonl --mock', 'try it for free')
      .epilogue(
        [
          manifestInWords,
          '\nEach job is submitted and paid for once, whatever ends on the way; what is done already is passed over. The first Ctrl-C stops in order, the second at once.',
          'The path of each result is printed on stdout as it comes. The exit code is 0 when all of the batch has succeeded, 1 when all has failed, and 5 when something failed, was left out or set aside, a file is missing, --max-cost was reached, or the batch is held: after --max-failures, or when all items are refused alike.',
        ].join('\n'),
      ),
  handler: (options) => {
    const state = { isPlanned: false, isRetried: false };
    return inBatchSession(
      options,
      { mustExist: options.manifest === undefined, goOn: () => goOnCommand(options, state) },
      (session) => runBatch(session, options, state),
    );
  },
});
