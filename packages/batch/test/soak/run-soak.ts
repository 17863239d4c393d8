// `npm run soak`: the full size of what soak.test.ts does in small. Prints what has come of it.
import { mkdtempSync, rmSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DatabaseOptions } from '@sync3/batch';
import { startPostgres } from '../database/postgres-cluster.ts';
import { soak } from './soak.ts';

const [items = 2_000, kills = 20] = process.argv.slice(2).map(Number);
console.log(`Node ${process.version}, ${cpus().length} cores, ${items} items, ${kills} kills`);

async function run(name: string, database: DatabaseOptions, workers: number): Promise<void> {
  const { counts, stats, ...rest } = await soak({
    database,
    items,
    kills,
    workers,
    longestLifeMs: 8_000,
    concurrency: 100,
    chaos: 0.1,
    seed: 1,
    log: (line) => console.log(`${name}: ${line}`),
  });
  console.log(name, { ...rest, ...counts.byState, actualCost: counts.actualCost });
  console.log(name, stats);
  const isPaidOnce = rest.acceptedOnce && stats.charged === items && stats.violations === 0;
  const isDelivered =
    counts.byState.succeeded === items && rest.wrongFiles.length + rest.strayFiles.length === 0;
  const isOpen = counts.byState.ambiguous > 0 || rest.isBudgetPassed;
  if (!isPaidOnce || !isDelivered || isOpen) {
    console.log(`${name}: FAILED`);
    process.exitCode = 1;
  }
}

const directory = mkdtempSync(join(tmpdir(), 'sync3-soak-database-'));
await run('PGlite, one worker', { directory }, 1);
rmSync(directory, { recursive: true, force: true });
const cluster = await startPostgres();
await run('PostgreSQL, four workers', { databaseUrl: await cluster.createDatabase() }, 4);
await cluster.remove();
