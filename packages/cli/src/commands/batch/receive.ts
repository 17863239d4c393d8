import { once } from 'node:events';
import type { Options } from 'yargs';
import { batchCommand } from '../../batch/batch-command.js';
import { ledgerOptions } from '../../batch/batch-options.js';
import { receiveBatch } from '../../batch/receive-batch.js';
import { withLedger } from '../../batch/with-ledger.js';
import { wholeNumberOption } from '../../request/number-option.js';
import { runStoppable } from '../../session/run-stoppable.js';
import { defineCommand } from '../define-command.js';

const receiveOptions = {
  'webhook-url': {
    type: 'string',
    requiresArg: true,
    demandOption: true,
    describe: 'where the API reaches this receiver, as `batch run` has it; requests name its host',
  },
  host: {
    type: 'string',
    requiresArg: true,
    default: '127.0.0.1',
    describe: 'where to listen; a tunnel or a proxy with TLS stands in front of it',
  },
  port: wholeNumberOption('port', 'TCP port, 0 for a free one (default: 4020)', 0, 65_535),
} as const satisfies Record<string, Options>;

/** `sync3 batch receive`: receives deliveries for the batches of a ledger until Ctrl-C. */
export const receive = defineCommand({
  command: 'receive',
  describe: 'receive webhook deliveries for batches, until Ctrl-C; needs no key',
  builder: (yargs) =>
    yargs
      .options({ ...receiveOptions, ...ledgerOptions })
      .group(Object.keys(receiveOptions), 'Webhooks:')
      .group(Object.keys(ledgerOptions), 'Batch:')
      .conflicts('database', 'database-url')
      .example(
        '$0 batch receive --webhook-url https://hooks.example.com/sync3',
        'beside `batch run` with the same URL and secret',
      )
      .epilogue(
        'SYNC3_WEBHOOK_SECRET holds the secret that both commands share, as `openssl rand -hex 32` gives it; on a further line, an earlier one that is still accepted. A delivery only says that there is something to ask for: it is recorded in the ledger, for whichever batch has the job, and the worker asks the API. It is not lost when no worker runs. Without the receiver jobs are found by slow polls.',
      ),
  handler: (options) => {
    const goOn = () => batchCommand('receive', options);
    // Nothing is asked of the API, so `--mock` says only which ledger is meant.
    const alone = { ...options, mock: false };
    return runStoppable(alone, { tellStop: () => {}, goOn }, ({ reporter, signal }) =>
      withLedger(options, { mustExist: true, signal }, async (database) => {
        const receiver = await receiveBatch(database, options, reporter);
        reporter.tell({ event: 'receiving', url: receiver.url });
        if (!signal.aborted) await once(signal, 'abort');
        await receiver.close();
        return 'success';
      }),
    );
  },
});
