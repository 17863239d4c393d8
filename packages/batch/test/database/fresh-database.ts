import { mkdtempSync, rmSync } from 'node:fs';
import { cp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type DatabaseOptions, openDatabase } from '@sync3/batch';
import { inject, onTestFinished } from 'vitest';
import { isSoak } from '../sizes.ts';
import { createDatabase } from './postgres-cluster.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** Port of the PostgreSQL server that all tests share. */
    postgresPort: number;
    /** Databases with the tables of a ledger and of its queue: the name of one, and a directory. */
    ledgerTemplates: { postgres: string; pglite: string };
  }
}

/** The two databases that everything must hold for. */
export const kinds = ['pglite', 'postgres'] as const;

/**
 * Where rules are tested whose statements are the same on both: on one in `npm test`, as each start of
 * PGlite is half a second of work, and on both in `pnpm soak`.
 */
export const ruleKinds = kinds.filter((kind) => isSoak || kind === 'postgres');

/** A folder that is removed after the test. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'sync3-batch-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** Where a new, empty database is. */
export async function freshDatabase(kind: (typeof kinds)[number]): Promise<DatabaseOptions> {
  if (kind === 'pglite') return { directory: join(temporaryFolder(), 'batch') };
  return { databaseUrl: await createDatabase(inject('postgresPort')) };
}

/** A new database with the tables of a ledger and of its queue, open until the test ends. */
export async function openFresh(kind: (typeof kinds)[number]) {
  const options = await copyLedger(kind);
  const database = await openDatabase(options);
  onTestFinished(() => database.close());
  return { database, options };
}

/** The URL of a new PostgreSQL database with the tables of a ledger and of its queue. */
export function copyPostgres(): Promise<string> {
  return createDatabase(inject('postgresPort'), inject('ledgerTemplates').postgres);
}

/** A copy takes a small part of the work that making the tables takes. */
async function copyLedger(kind: (typeof kinds)[number]): Promise<DatabaseOptions> {
  if (kind === 'postgres') return { databaseUrl: await copyPostgres() };
  const directory = join(temporaryFolder(), 'batch');
  await cp(inject('ledgerTemplates').pglite, directory, { recursive: true });
  return { directory };
}
