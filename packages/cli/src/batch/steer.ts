import type { Database, SteerSummary } from '@sync3/batch';
import type { Argv, Options, PositionalOptions } from 'yargs';
import { CommandError } from '../command-error.js';
import type { Ending } from '../exit-codes.js';
import type { GlobalArguments } from '../global-options.js';
import type { OptionValues } from '../option-values.js';
import { parserSettings } from '../parser-settings.js';
import type { Reporter } from '../session/reporter.js';
import { runAlone } from '../session/run-alone.js';
import type { SteerAction } from './batch-events.js';
import { type LedgerArguments, ledgerOptions } from './batch-options.js';
import { withLedger } from './with-ledger.js';

/** The items that a command is about. */
const keysPositional = {
  type: 'string',
  array: true,
  describe: 'keys of items, as `sync3 batch list` prints them',
} as const satisfies PositionalOptions;

/** The options of a command that changes items: which of them, by `which` or by keys, of which batch. */
export function selecting<Values, Which extends Record<string, Options>>(
  yargs: Argv<Values>,
  which: Which,
) {
  return takingSeveral(yargs)
    .positional('keys', keysPositional)
    .options({ ...which, ...ledgerOptions })
    .group(Object.keys(which), 'Which:')
    .group(Object.keys(ledgerOptions), 'Batch:')
    .conflicts('database', 'database-url');
}

/**
 * Lets a command take several keys. Everywhere else yargs takes the last of several values of one name,
 * positionals among them; so of these commands each other option is cut to its last value.
 */
function takingSeveral<Values>(yargs: Argv<Values>): Argv<Values> {
  const last = (value: unknown) => (Array.isArray(value) ? value.at(-1) : value);
  return yargs
    .parserConfiguration({ ...parserSettings, 'duplicate-arguments-array': true })
    .coerce(['name', 'database', 'database-url', 'code'], last);
}

/** The item that a command is about. */
export const keyPositional = {
  type: 'string',
  demandOption: true,
  describe: 'key of the item, as `sync3 batch list` prints it',
} as const satisfies PositionalOptions;

/** Items by what went wrong. */
export const codeOption = {
  code: {
    type: 'string',
    requiresArg: true,
    describe: 'only items whose error has this code, as `sync3 batch list` prints it',
  },
} as const satisfies Record<string, Options>;

/** All items for which it can be done. */
export const allOption = {
  all: { type: 'boolean', default: false, describe: 'all for which it can be done' },
} as const satisfies Record<string, Options>;

/** Which items were named on the command line. */
type SelectionArguments = { keys?: (string | number)[] | undefined } & Partial<
  OptionValues<typeof codeOption & typeof allOption>
>;

/** The selection, for the engine. @throws {CommandError} none was named. */
export function selectionOf({ keys = [], code, all }: SelectionArguments, name: string) {
  if (keys.length === 0 && code === undefined && !all) {
    throw new CommandError('Name the items.', 'Their keys: sync3 batch list');
  }
  return {
    batch: name,
    ...(keys.length > 0 && { keys: keys.map(String) }),
    ...(code !== undefined && { code }),
  };
}

/** Runs a command that looks at a batch or steers it, also while a worker works on it. */
export function beside(
  options: GlobalArguments & LedgerArguments,
  work: (database: Database, reporter: Reporter) => Promise<Ending>,
): Promise<void> {
  return runAlone(options, (reporter) =>
    withLedger(options, { mustExist: true }, (database) => work(database, reporter)),
  );
}

/** Tells what was done with items, and why some stay as they are. */
export function tellSteered(
  reporter: Reporter,
  action: SteerAction,
  { changed, refused }: SteerSummary,
): Ending {
  for (const refusal of refused) reporter.tell({ event: 'refused', ...refusal });
  reporter.tell({ event: 'steered', action, items: changed, refused: refused.length });
  if (refused.length === 0) return 'success';
  return changed > 0 ? 'partial' : 'badInput';
}
