import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Database, Manifest, type PlanOptions, planBatch } from '@sync3/batch';
import { describe, expect, test } from 'vitest';
import { findItems } from '../../src/ledger/item.ts';
import { type kinds, openFresh, ruleKinds, temporaryFolder } from '../database/fresh-database.ts';

/** A line of a manifest: without a key unless `more` has one. */
function line(video: string, more: Record<string, unknown> = {}) {
  const inputs = {
    video: `https://example.com/${video}.mp4`,
    audio: 'https://example.com/voice.wav',
  };
  return { inputs, ...more };
}

async function openManifest(kind: (typeof kinds)[number]) {
  const { database } = await openFresh(kind);
  const path = join(temporaryFolder(), 'clips.jsonl');
  return {
    database,
    plan(lines: readonly unknown[], options: PlanOptions = {}) {
      writeFileSync(path, lines.map((each) => JSON.stringify(each)).join('\n'));
      return planBatch(new Manifest(path), database, options);
    },
    items: () => findItems(database, 'true order by line'),
  };
}

/** Lets an item be as if its job had come so far. */
async function become(database: Database, video: string, state: string) {
  await database.query(
    `update sync3.item set state = $1, submitted_at = now(), attempts = 1,
      settled_at = case when $1 in ('succeeded', 'failed') then now() end
    where parameters -> 'inputs' ->> 'video' like '%/' || $2 || '.mp4'`,
    [state, video],
  );
}

const agreed: PlanOptions = { acceptChanges: true };

describe.each(ruleKinds)('on %s', (kind) => {
  test('lines that are changed or removed before their submit are shown first, then followed', async () => {
    const { database, plan, items } = await openManifest(kind);
    await plan([line('a', { key: 'a' }), line('b'), line('c'), line('d', { key: 'd' })]);
    const before = await items();
    const edited = [
      line('a', { key: 'a', settings: { syncMode: 'bounce' } }),
      line('b2'),
      line('c'),
      line('new', { key: 'e' }),
    ];
    const refused = await plan(edited).catch((error) => error);
    expect(refused).toMatchObject({
      name: 'PlanChangesError',
      difference: {
        added: 1,
        changed: 2,
        dropped: 1,
        again: 0,
        changes: [
          { change: 'changed', key: 'a', line: 1, hasFailed: false },
          { change: 'changed', key: before[1]?.key, line: 2, hasFailed: false },
          { change: 'dropped', key: 'd', line: 4, hasFailed: false },
        ],
      },
    });
    expect(await items()).toEqual(before);

    expect(await plan(edited, agreed)).toMatchObject({
      planned: 1,
      changed: 2,
      dropped: 1,
      known: 1,
    });
    const after = await items();
    expect(after.map(({ parameters }) => Object(parameters['inputs']).video)).toEqual(
      ['a', 'b2', 'c', 'new'].map((name) => `https://example.com/${name}.mp4`),
    );
    expect(after[0]).toMatchObject({
      id: before[0]?.id,
      key: 'a',
      parameters: { settings: { syncMode: 'bounce' } },
    });
    expect(after[0]?.taskUUID).not.toBe(before[0]?.taskUUID);
    expect(after[2]).toEqual(before[2]);
    expect(await plan(edited)).toMatchObject({ planned: 0, changed: 0, dropped: 0, known: 4 });
    expect(database.connection.kind).toBe(kind);
  });

  test('items exchange their outputs, and a line without a key keeps its output', async () => {
    const { plan, items } = await openManifest(kind);
    const named = (one: string, other: string) => [
      line('a', { key: 'a', output: one }),
      line('b', { key: 'b', output: other }),
    ];
    await plan([...named('x', 'y'), line('c', { output: 'z' })]);
    const again = [...named('y', 'x'), line('c2', { output: 'z' })];
    expect(await plan(again, agreed)).toMatchObject({ planned: 0, changed: 3, dropped: 0 });
    expect((await items()).map(({ output }) => output)).toEqual(['y.mp4', 'x.mp4', 'z.mp4']);
  });

  test.each(['submitting', 'submitted', 'ambiguous', 'succeeded'])(
    'an item that is %s is never replaced nor removed',
    async (state) => {
      const { database, plan, items } = await openManifest(kind);
      await plan([line('a', { key: 'a' }), line('b')]);
      await become(database, 'a', state);
      await become(database, 'b', state);
      const before = await items();
      const refused = await plan([line('a2', { key: 'a' })], agreed).catch((error) => error);
      expect(refused.problems).toEqual([
        expect.objectContaining({
          line: 1,
          pointer: '/key',
          reason: expect.stringMatching(
            /^The key "a" has other parameters in line 1 of clips.jsonl, planned .* another key/,
          ),
        }),
      ]);
      expect(await plan([line('a', { key: 'a' })], agreed)).toMatchObject({ dropped: 0, known: 1 });
      expect(await items()).toEqual(before);
    },
  );

  test('a further version of a line whose job was submitted is shown before it is paid for', async () => {
    const { database, plan } = await openManifest(kind);
    await plan([line('a'), line('b')]);
    await become(database, 'b', 'submitted');
    await expect(plan([line('a'), line('b2')])).rejects.toMatchObject({
      difference: { added: 1, again: 1, changes: [{ change: 'again', line: 2 }] },
    });
    // Lines that only move are the same items.
    const moved = [line('new'), line('a'), line('b')];
    expect(await plan(moved)).toMatchObject({ planned: 1, known: 2, changed: 0, dropped: 0 });
  });

  test('a failed item is replaced by its changed line, with and without a key, as a new job', async () => {
    const { database, plan, items } = await openManifest(kind);
    await plan([line('a', { key: 'a' }), line('b')]);
    await become(database, 'a', 'failed');
    await become(database, 'b', 'failed');
    const before = await items();
    const edited = [line('a2', { key: 'a' }), line('b2')];
    await expect(plan(edited)).rejects.toMatchObject({
      difference: { added: 0, changed: 2, changes: [{ hasFailed: true }, { hasFailed: true }] },
    });
    expect(await plan(edited, agreed)).toMatchObject({ planned: 0, changed: 2 });
    const after = await items();
    expect(after.map(({ id }) => id)).toEqual(before.map(({ id }) => id));
    for (const item of after) {
      expect(item).toMatchObject({ state: 'planned', retries: 1, settledAt: null, error: null });
      expect(before.map(({ taskUUID }) => taskUUID)).not.toContain(item.taskUUID);
    }
    expect(after[1]?.key).toBe(after[1]?.payloadHash);
    expect(await database.query('select item_id as id, state from sync3.move order by id')).toEqual(
      after.map(({ id }) => ({ id, state: 'planned' })),
    );
    expect(await plan(edited)).toMatchObject({ planned: 0, known: 2 });
  });

  test('a key or an output that two lines want is an error, also where they change items', async () => {
    const { plan, items } = await openManifest(kind);
    await plan([line('a', { key: 'a' }), line('b', { key: 'b', output: 'x' })]);
    const before = await items();
    await expect(
      plan([line('a2', { key: 'a' }), line('a3', { key: 'a' })], agreed),
    ).rejects.toThrow(
      'line 2, /key: The key "a" has other parameters in line 1. Give it another key.',
    );
    const edited = [line('new', { key: 'n', output: 'y' }), line('b', { key: 'b', output: 'y' })];
    await expect(plan(edited, agreed)).rejects.toThrow(
      'line 2, /output: Its key, or its output "y.mp4", is also that of line 1.',
    );
    expect(await items()).toEqual(before);
  });

  test('what a line that was left out has in the batch stays there', async () => {
    const { plan, items } = await openManifest(kind);
    await plan([line('a', { key: 'a' }), line('b', { key: 'b' })]);
    const wrong = { inputs: {}, key: 'b' };
    const options = { ...agreed, skipInvalid: true };
    expect(await plan([line('a', { key: 'a' }), wrong], options)).toMatchObject({
      known: 1,
      invalid: 1,
      dropped: 0,
    });
    expect(await items()).toHaveLength(2);
  });
});
