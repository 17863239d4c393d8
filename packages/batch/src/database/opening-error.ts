import pg from 'pg';
import { DatabaseUnavailableError } from '../errors/database-errors.js';
import { faultOf } from './faults.js';

/** Where a database is, without user and password. */
export function describeAddress(databaseUrl: string): string {
  try {
    const { host, pathname } = new URL(databaseUrl);
    return `${host || 'on this machine'}${pathname}`;
  } catch {
    return 'at the given address';
  }
}

/**
 * Why a PostgreSQL database cannot be opened, and what to do.
 *
 * @param isPassing whether the same may work later.
 */
export function openingError(
  databaseUrl: string,
  cause: unknown,
  isPassing: boolean,
): DatabaseUnavailableError {
  const { message, code } = Object(cause);
  const { told, retryable } = explain(databaseUrl, cause, isPassing);
  return new DatabaseUnavailableError(
    `Cannot open the database ${describeAddress(databaseUrl)}: ${message || code}. ${told}`,
    { cause, code, retryable },
  );
}

function explain(databaseUrl: string, cause: unknown, isPassing: boolean) {
  const { code, syscall, path } = Object(cause);
  // To read a certificate comes before to connect.
  if (syscall === 'open' || syscall === 'read') {
    return { told: `Check the path "${path}" in the URL.`, retryable: false };
  }
  const fault = faultOf(cause);
  if (fault) {
    return { told: `The database ${fault.told}`, retryable: fault.treatment !== 'stop' };
  }
  // `pg` gives no code when a server that was asked for TLS offers none.
  if (code === undefined && asksForTls(databaseUrl)) {
    const told =
      'Where the server offers no TLS, leave sslmode out of the URL, or use sslmode=disable; then ' +
      'the password and all data travel unencrypted.';
    return { told, retryable: false };
  }
  return { told: 'Check the address, the user and the password.', retryable: isPassing };
}

function asksForTls(databaseUrl: string): boolean {
  try {
    return Boolean((new pg.Client(databaseUrl) as unknown as { ssl: unknown }).ssl);
  } catch {
    return false;
  }
}
