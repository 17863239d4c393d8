import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { describe, expect, test, vi } from 'vitest';
import { lockFolder } from '../../src/replacement/lock.ts';
import { finishInterruptedReplacement } from '../../src/replacement/replace-files.ts';
import { sizes } from '../sizes.ts';
import type { Run } from './run-commit.ts';
import { update } from './update.ts';
import { createWorkTree, leftovers, stateOf, type WorkTree, writeTo } from './work-tree.ts';

const script = (path: string) => fileURLToPath(new URL(path, import.meta.url));

/** The steps of the update in `update.ts`, which changes six files. */
const before = ['lock', 'stage', 'write the journal', 'replace 0'];
const after = [1, 2, 3, 4, 5].map((index) => `replace ${index}`);
const end = ['make it durable', 'remove the journal', 'clean up'];

/** Runs the process that replaces files, and returns the signal that it was killed with. */
async function runCommit(tree: WorkTree, run: Partial<Run>): Promise<string | null> {
  const { root, staging } = tree;
  const argument: Run = { root, staging, makesUpdate: false, ...run };
  const child = spawn(process.execPath, [script('./run-commit.ts'), JSON.stringify(argument)], {
    stdio: 'ignore',
  });
  const [, signal] = await once(child, 'close');
  return signal;
}

describe('the process that replaces the files is killed:', () => {
  test.each([...before, ...after, ...end])('before the step "%s"', async (killedAt) => {
    const tree = await createWorkTree();
    expect(await runCommit(tree, { makesUpdate: true, killedAt })).toBe('SIGKILL');
    const outcome = before.includes(killedAt) ? 'before' : 'after';
    if (!after.includes(killedAt)) expect(await stateOf(tree)).toBe(outcome);
    await finishInterruptedReplacement(tree);
    expect(await stateOf(tree)).toBe(outcome);
    // What was left of staging only is removed by the next update.
    expect(await runCommit(tree, {})).toBe(null);
    expect(await leftovers(tree)).toEqual([]);
  });

  test.each(['lock', 'replace 3', 'replace 5', ...end])(
    'and the one that completes it too, before the step "%s"',
    async (killedAt) => {
      const tree = await createWorkTree();
      await runCommit(tree, { makesUpdate: true, killedAt: 'replace 2' });
      expect(await stateOf(tree)).toBe('mixed');
      expect(await runCommit(tree, { killedAt })).toBe('SIGKILL');
      await finishInterruptedReplacement(tree);
      expect(await stateOf(tree)).toBe('after');
      expect(await runCommit(tree, {})).toBe(null);
      expect(await leftovers(tree)).toEqual([]);
    },
  );

  test.each(['put back 0', 'put back 2', 'put back 3', ...end])(
    'while it puts files back after a failure, before the step "%s"',
    async (killedAt) => {
      const tree = await createWorkTree();
      const failed = await runCommit(tree, { makesUpdate: true, failingAt: 'replace 4', killedAt });
      expect(failed).toBe('SIGKILL');
      await finishInterruptedReplacement(tree);
      expect(await stateOf(tree)).toBe('before');
      expect(existsSync(join(tree.root, '.changeset'))).toBe(false);
    },
  );

  test('a file cannot be replaced by the one that completes it: all are put back', async () => {
    const tree = await createWorkTree();
    await runCommit(tree, { makesUpdate: true, killedAt: 'replace 2' });
    expect(await runCommit(tree, { failingAt: 'replace 4' })).toBe(null);
    expect(await stateOf(tree)).toBe('before');
    expect(await leftovers(tree)).toEqual([]);
  });

  test('what git has restored in between stays as git left it', async () => {
    const tree = await createWorkTree();
    await runCommit(tree, { makesUpdate: true, killedAt: 'replace 5' });
    expect(await stateOf(tree)).toBe('mixed');
    tree.git('checkout', '--quiet', '.');
    tree.git('clean', '--quiet', '--force', '-d');
    await finishInterruptedReplacement(tree);
    expect(await stateOf(tree)).toBe('before');
    expect(await leftovers(tree)).toEqual([]);
  });

  test('what git has restored in part is completed', async () => {
    const tree = await createWorkTree();
    await runCommit(tree, { makesUpdate: true, killedAt: 'replace 5' });
    tree.git('checkout', '--quiet', 'src');
    await finishInterruptedReplacement(tree);
    expect(await stateOf(tree)).toBe('after');
  });

  test('what somebody has edited in between is not overwritten', async () => {
    const tree = await createWorkTree();
    await runCommit(tree, { makesUpdate: true, killedAt: 'replace 2' });
    await writeTo(tree.root, 'src/types.ts', 'edited\n');
    const status = tree.git('status', '--porcelain');
    await expect(finishInterruptedReplacement(tree)).rejects.toThrow(
      /^src\/types\.ts was changed after an update of it was interrupted\. Restore it with "git checkout"/,
    );
    expect(tree.git('status', '--porcelain')).toBe(status);
    tree.git('checkout', '--quiet', 'src/types.ts');
    await finishInterruptedReplacement(tree);
    expect(await stateOf(tree)).toBe('after');
  });
});

describe('an update is killed with its whole group:', () => {
  /** Ends when the process that replaces the files has ended too: it shares the error output. */
  async function killUpdate(tree: WorkTree, moment: () => Promise<unknown>): Promise<void> {
    const child = spawn(process.execPath, [script('./run-update.ts'), tree.root, tree.staging], {
      detached: true,
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    child.stderr.resume();
    const closed = once(child, 'close');
    await moment();
    try {
      process.kill(-(child.pid ?? Number.NaN), 'SIGKILL');
    } catch {
      // It has ended by itself.
    }
    await closed;
  }

  test('at any time: all or nothing, and no journal', async () => {
    for (const delay of Array.from({ length: sizes.chances }, () => Math.random() * 500)) {
      const tree = await createWorkTree();
      await killUpdate(tree, () => wait(delay));
      expect(['before', 'after'], `after ${delay} ms`).toContain(await stateOf(tree));
      if (existsSync(tree.staging)) expect(await leftovers(tree)).toEqual([]);
    }
  });

  test('at once: nothing', async () => {
    const tree = await createWorkTree();
    await killUpdate(tree, async () => {});
    expect(await stateOf(tree)).toBe('before');
  });

  test('when the process that replaces the files has begun: all', async () => {
    const tree = await createWorkTree();
    const { staging } = tree;
    await killUpdate(tree, () => vi.waitUntil(() => existsSync(staging), { timeout: 280_000 }));
    expect(await stateOf(tree)).toBe('after');
    expect(await leftovers(tree)).toEqual([]);
  });
});

describe('the process that replaces the files', () => {
  async function start(tree: WorkTree, input: string) {
    const path = script('../../src/replacement/committer.ts');
    const child = spawn(process.execPath, [path], { stdio: ['pipe', 'inherit', 'inherit'] });
    const closed = once(child, 'close');
    // Calls back when most of the input, longer than a pipe holds, has been read.
    await new Promise<void>((resolve) => child.stdin?.end(input, resolve));
    return { child, closed, tree };
  }
  const request = ({ root, staging }: WorkTree) =>
    JSON.stringify({ changes: update, root, staging });

  test('does nothing when it is told a part only', async () => {
    const tree = await createWorkTree();
    const { closed } = await start(tree, request(tree).slice(0, -1));
    expect(await closed).toEqual([0, null]);
    expect(await stateOf(tree)).toBe('before');
  });

  test('waits for another one, and goes on in spite of signals', async () => {
    const tree = await createWorkTree();
    await mkdir(tree.staging, { recursive: true });
    const lock = lockFolder(tree.staging);
    const { child, closed } = await start(tree, request(tree));
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) child.kill(signal);
    expect(await stateOf(tree)).toBe('before');
    lock.close();
    expect(await closed).toEqual([0, null]);
    expect(await stateOf(tree)).toBe('after');
  });
});
