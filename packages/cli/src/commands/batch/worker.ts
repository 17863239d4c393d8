import { batchCommand } from '../../batch/batch-command.js';
import { ledgerOptions, resultOptions, webhookOptions } from '../../batch/batch-options.js';
import { inBatchSession } from '../../batch/batch-session.js';
import { monitorOptions } from '../../batch/monitor-options.js';
import { work } from '../../batch/work.js';
import { patienceOptions } from '../../batch/work-options.js';
import { defineCommand } from '../define-command.js';

const workerOptions = {
  stay: {
    type: 'boolean',
    default: false,
    describe: 'wait for further items when all are settled, until Ctrl-C',
  },
} as const;

/** `sync3 batch worker`: works on a batch that others have planned. */
export const worker = defineCommand({
  command: 'worker',
  describe: 'work on a batch that was planned elsewhere, beside other workers',
  builder: (yargs) =>
    yargs
      .options({
        ...workerOptions,
        ...patienceOptions,
        ...webhookOptions,
        ...resultOptions,
        ...monitorOptions,
        ...ledgerOptions,
      })
      .group(Object.keys(workerOptions), 'Work:')
      .group(Object.keys(patienceOptions), 'Patience:')
      .group(Object.keys(webhookOptions), 'Webhooks:')
      .group(Object.keys(resultOptions), 'Results:')
      .group(Object.keys(monitorOptions), 'Monitoring:')
      .group(Object.keys(ledgerOptions), 'Batch:')
      .conflicts('database', 'database-url')
      .example('SYNC3_DATABASE_URL=postgres://… $0 batch worker', 'a worker more')
      .example('$0 batch worker --name clips --stay -o /mnt/dubbed', 'a worker that stays')
      .epilogue(
        'Any number of workers share a batch in PostgreSQL; the limits hold for all of them together, and one that dies is taken over within seconds. It plans nothing, writes no report, and looks for the delivered files only at its end.',
      ),
  handler: (options) =>
    inBatchSession(
      options,
      { mustExist: true, goOn: () => batchCommand('worker', options) },
      (session) => work(session, options, { command: 'worker', stay: options.stay }),
    ),
});
