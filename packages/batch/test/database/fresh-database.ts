import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type DatabaseOptions, openDatabase } from '@sync3/batch';
import pg from 'pg';
import { inject, onTestFinished } from 'vitest';

/** The two databases that everything must hold for. */
export const kinds = ['pglite', 'postgres'] as const;

/** A folder that is removed after the test. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'sync3-batch-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** Where a new, empty database is. */
export async function freshDatabase(kind: (typeof kinds)[number]): Promise<DatabaseOptions> {
  if (kind === 'pglite') return { directory: join(temporaryFolder(), 'batch') };
  const base = `postgres://sync3:secret-password@127.0.0.1:${inject('postgresPort')}`;
  const name = `test_${randomUUID().replaceAll('-', '')}`;
  const client = new pg.Client(`${base}/postgres`);
  await client.connect();
  await client.query(`create database ${name}`);
  await client.end();
  return { databaseUrl: `${base}/${name}` };
}

/** A new database, open until the test ends. */
export async function openFresh(kind: (typeof kinds)[number]) {
  const options = await freshDatabase(kind);
  const database = await openDatabase(options);
  onTestFinished(() => database.close());
  return { database, options };
}
