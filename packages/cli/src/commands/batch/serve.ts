import { once } from 'node:events';
import { batchCommand } from '../../batch/batch-command.js';
import { ledgerOptions, pageOptions, resultOptions } from '../../batch/batch-options.js';
import { metricsOptions } from '../../batch/monitor-options.js';
import { whileMeasured } from '../../batch/while-measured.js';
import { withLedger } from '../../batch/with-ledger.js';
import { runStoppable } from '../../session/run-stoppable.js';
import { defineCommand } from '../define-command.js';

const pageGroup = { ...pageOptions, ...resultOptions };

/** `sync3 batch serve`: serves the live page of a batch until Ctrl-C. */
export const serve = defineCommand({
  command: 'serve',
  describe: 'serve a page to watch and steer a batch, until Ctrl-C; needs no key',
  builder: (yargs) =>
    yargs
      .options({ ...pageGroup, ...metricsOptions, ...ledgerOptions })
      .group(Object.keys(pageGroup), 'Page:')
      .group(Object.keys(metricsOptions), 'Monitoring:')
      .group(Object.keys(ledgerOptions), 'Batch:')
      .conflicts('database', 'database-url')
      .example('$0 batch serve', 'prints http://127.0.0.1:… to open in a browser')
      .example('$0 batch serve --port 8080', 'for `ssh -L 8080:127.0.0.1:8080 machine`')
      .epilogue(
        'Who knows the address can act on the batch, so its path is a secret that is new each time. The page reads the ledger only while somebody watches. `sync3 batch run --watch` serves the same page as long as it works.',
      ),
  handler: (options) => {
    const goOn = () => batchCommand('serve', options);
    const tellStop = () => {};
    // Nothing is asked of the API, so `--mock` says only which ledger is meant.
    const alone = { ...options, mock: false };
    return runStoppable(alone, { tellStop, goOn }, ({ reporter, signal }) =>
      withLedger(options, { mustExist: true, signal }, async (database) => {
        const { servePage } = await import('@sync3/batch');
        const { name, outputDir, port } = options;
        const page = await servePage(database, { batch: name, outputDirectory: outputDir, port });
        try {
          reporter.tell({ event: 'page', url: page.url });
          const measured = { ...options, isWorker: false };
          await whileMeasured({ database, reporter }, measured, async () => {
            if (!signal.aborted) await once(signal, 'abort');
          });
        } finally {
          await page.close();
        }
        return 'success';
      }),
    );
  },
});
