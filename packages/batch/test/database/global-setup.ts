import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type DatabaseOptions, openDatabase } from '@sync3/batch';
import type { TestProject } from 'vitest/node';
import { startBoss } from '../../src/work/start-boss.ts';
import { startPostgres } from './postgres-cluster.ts';

export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const cluster = await startPostgres();
  project.provide('postgresPort', cluster.port);
  const databaseUrl = await cluster.createDatabase();
  const folder = mkdtempSync(join(tmpdir(), 'sync3-ledger-'));
  const directory = join(folder, 'batch');
  await Promise.all([makeTables({ databaseUrl }), makeTables({ directory })]);
  const postgres = new URL(databaseUrl).pathname.slice(1);
  project.provide('ledgerTemplates', { postgres, pglite: directory });
  return async () => {
    rmSync(folder, { recursive: true, force: true });
    await cluster.remove();
  };
}

async function makeTables(options: DatabaseOptions): Promise<void> {
  const database = await openDatabase(options);
  const boss = await startBoss(database, () => {});
  await boss.stop({ graceful: false });
  await database.close();
}
