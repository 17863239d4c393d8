import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Manifest, openDatabase, planBatch } from '@sync3/batch';
import { describe, expect, onTestFinished, test } from 'vitest';
import { freshDatabase, kinds, temporaryFolder } from '../database/fresh-database.ts';
import { clips } from './clips.ts';

const program = new URL('plan-once.ts', import.meta.url).pathname;
const count = 1500;

describe.each(kinds)('on %s', (kind) => {
  test('a planner that is killed at any moment leaves all or nothing', async () => {
    const options = await freshDatabase(kind);
    const manifest = join(temporaryFolder(), 'clips.jsonl');
    const lines = clips(count).map(({ params, key }) => JSON.stringify({ ...params, key }));
    writeFileSync(manifest, lines.join('\n'));

    // From before the database is open to after the last item.
    for (const moment of [0, 1, 3, 5]) {
      const child = spawn(process.execPath, [program, JSON.stringify(options), manifest], {
        stdio: ['ignore', 'pipe', 'inherit'],
      });
      onTestFinished(() => void child.kill('SIGKILL'));
      const ended = once(child, 'exit');
      let heard = 0;
      if (heard === moment) child.kill('SIGKILL');
      child.stdout.setEncoding('utf8').on('data', (text: string) => {
        heard += text.split('\n').length - 1;
        if (heard >= moment) child.kill('SIGKILL');
      });
      await ended;
      const database = await openDatabase(options);
      const [found] = await database.query<{ count: number }>(
        'select count(*) as count from sync3.item',
      );
      expect([0, count]).toContain(found?.count);
      await database.close();
    }

    const database = await openDatabase(options);
    const { planned, known } = await planBatch(new Manifest(manifest), database);
    expect(planned + known).toBe(count);
    expect(await planBatch(new Manifest(manifest), database)).toMatchObject({
      planned: 0,
      known: count,
    });
    const [rows] = await database.query(
      `select count(*) as items, count(distinct key) as keys, count(distinct task_uuid) as tasks,
      min(line) as first, max(line) as last from sync3.item`,
    );
    expect(rows).toEqual({ items: count, keys: count, tasks: count, first: 1, last: count });
    await database.close();
  });
});
