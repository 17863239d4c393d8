import type { Item, ListOptions } from '@sync3/batch';
import type { ListedItem } from '../../batch/batch-events.js';
import { ledgerOptions } from '../../batch/batch-options.js';
import { csvRows } from '../../batch/csv-rows.js';
import { beside, codeOption } from '../../batch/steer.js';
import { CommandError } from '../../command-error.js';
import { wholeNumberOption } from '../../request/number-option.js';
import { defineCommand } from '../define-command.js';

const states = [
  'planned',
  'queued',
  'submitting',
  'submitted',
  'rendered',
  'succeeded',
  'partially-failed',
  'failed',
  'ambiguous',
] as const satisfies readonly Item['state'][];

const filterOptions = {
  state: { type: 'string', array: true, choices: states, describe: 'only items in these states' },
  ...codeOption,
  search: {
    type: 'string',
    requiresArg: true,
    describe: 'only items with this text in their key or output, or with this line number',
  },
  limit: wholeNumberOption('limit', 'most items (default: all)', 1, 2 ** 31 - 1),
  csv: { type: 'boolean', default: false, describe: 'print CSV, for a spreadsheet' },
} as const;

/** `sync3 batch list`: prints items, one on a line. */
export const list = defineCommand({
  command: 'list',
  describe: 'list the items of a batch by state, code or text; needs no key',
  builder: (yargs) =>
    yargs
      .options({ ...filterOptions, ...ledgerOptions })
      .group(Object.keys(filterOptions), 'Which:')
      .group(Object.keys(ledgerOptions), 'Batch:')
      .conflicts('database', 'database-url')
      .example('$0 batch list --state failed', 'what went wrong, an item a line')
      .example('$0 batch list --state failed --csv > failed.csv', 'for a spreadsheet')
      .example('$0 batch list --json | jq -r .key', 'for a script')
      .epilogue(
        'A line has the key, the state, the place in the manifest, and the code and message of an error. It also works while a worker works.',
      ),
  handler: (options) =>
    beside(options, async (database, reporter) => {
      const { listItems } = await import('@sync3/batch');
      const { name: batch, state, code, search, limit, csv, json } = options;
      // yargs would count the defaults of both as given.
      if (csv && json) throw new CommandError('Print --csv or --json, not both.');
      const filters: ListOptions = { batch, states: state, code, search, limit };
      const items = listItems(database, filters);
      if (csv) for await (const row of csvRows(items)) reporter.print(row);
      else for await (const item of items) reporter.tell({ event: 'listed', ...listed(item) });
      return 'success';
    }),
});

/** What is told of an item. */
export function listed(item: Item): ListedItem {
  const { key, source, line, state, priority, taskUUID, actualCost: cost, error } = item;
  const { output, outputs } = item;
  return { key, source, line, state, priority, output, outputs, taskUUID, cost, error };
}
