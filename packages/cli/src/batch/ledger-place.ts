import type { DatabaseOptions } from '@sync3/batch';
import { CommandError } from '../command-error.js';
import type { GlobalArguments } from '../global-options.js';
import type { LedgerArguments } from './batch-options.js';

/** Where the ledger of a command is. */
export type LedgerPlace = Pick<LedgerArguments, 'database' | 'databaseUrl'> &
  Pick<GlobalArguments, 'mock'>;

/**
 * Where the ledger of a batch is, by the options or the environment.
 *
 * @throws {CommandError} the address is none of PostgreSQL's; it is not repeated, as it may hold a
 * password.
 */
export function ledgerPlace({ database, databaseUrl, mock }: LedgerPlace): DatabaseOptions {
  if (database !== undefined) return { directory: database };
  // What a mock server has made up is never written between jobs that are paid for unasked.
  const url = databaseUrl ?? (mock ? undefined : process.env['SYNC3_DATABASE_URL']);
  if (!url) return { directory: mock ? '.sync3-mock' : '.sync3' };
  if (/^postgres(ql)?:\/\//.test(url)) return { databaseUrl: url };
  const name = databaseUrl === undefined ? 'SYNC3_DATABASE_URL' : '--database-url';
  const next = 'Write it as postgres://user:password@host:5432/name';
  throw new CommandError(`${name} is no address of a PostgreSQL database.`, next);
}
