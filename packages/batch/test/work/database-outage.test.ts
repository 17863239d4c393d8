import { tmpdir } from 'node:os';
import { openDatabase, planBatch, workOnBatch } from '@sync3/batch';
import { startMockServer } from '@sync3/mock-server';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { temporaryFolder } from '../database/fresh-database.ts';
import { type PostgresCluster, startPostgres } from '../database/postgres-cluster.ts';
import { clientOf, localItems, until } from './scene.ts';

// Other tests need the server that all share.
let cluster: PostgresCluster;
beforeAll(async () => {
  cluster = await startPostgres();
});
afterAll(() => cluster.remove());

test('a batch goes on when its database comes back, and pays for each item once', async () => {
  const mock = await startMockServer({ jobDurationMs: [200, 600] });
  const database = await openDatabase({ databaseUrl: await cluster.createDatabase() });
  await planBatch(localItems(24), database, { mediaRoots: [tmpdir()] });
  const pauses: string[] = [];
  let hasPaused = () => {};
  const paused = new Promise<void>((resolve) => {
    hasPaused = resolve;
  });
  const working = workOnBatch(database, {
    outputDirectory: temporaryFolder(),
    client: clientOf(mock),
    limits: { concurrency: 4 },
    onEvent(event) {
      if (event.event !== 'paused' && event.event !== 'resumed') return;
      pauses.push(`${event.event}: ${event.reason}`);
      hasPaused();
    },
  });
  await until(() => mock.tasks.length >= 6);
  await cluster.crash();
  await paused;
  await cluster.start();
  expect(await working).toMatchObject({
    ending: 'complete',
    counts: { byState: { succeeded: 24, ambiguous: 0 } },
  });
  expect(pauses).toEqual(['paused: database', 'resumed: database']);
  expect(mock.stats).toMatchObject({ charged: 24, succeeded: 24, violations: 0 });
  await database.close();
  await mock.close();
});
