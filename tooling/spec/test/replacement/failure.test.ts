import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { commit } from '../../src/replacement/commit.ts';
import type { FileChange } from '../../src/replacement/file-change.ts';
import { SpecError } from '../../src/spec-error.ts';
import { update } from './update.ts';
import { createWorkTree, leftovers, snapshot, stateOf, writeTo } from './work-tree.ts';

test('a file that cannot be replaced: those before it are put back, and the message names it', async () => {
  const tree = await createWorkTree();
  const blocked = join(tree.root, 'src/added.ts');
  const committing = commit(update, tree, async (step) => {
    // A folder that is not empty has come to stand where the fifth file should.
    if (step === 'replace 4') await writeTo(blocked, 'file', '');
  });
  await expect(committing).rejects.toThrow(SpecError);
  await expect(committing).rejects.toThrow(
    /^src\/added\.ts could not be replaced: EISDIR.*\. All files are as they were\.$/,
  );
  expect(await readFile(join(blocked, 'file'), 'utf8')).toBe('');
  await rm(blocked, { recursive: true });
  expect(await stateOf(tree)).toBe('before');
  expect(await leftovers(tree)).toEqual([]);
});

test('a folder that cannot be made', async () => {
  const tree = await createWorkTree();
  const committing = commit(update, tree, async (step) => {
    if (step === 'stage') await writeFile(join(tree.root, '.changeset'), 'a file');
  });
  await expect(committing).rejects.toThrow(/^\.changeset could not be replaced: EEXIST/);
  expect(tree.git('status', '--porcelain')).toBe('?? .changeset\n');
});

test('when undoing fails too, the message says both, and the next run undoes it', async () => {
  const tree = await createWorkTree();
  const committing = commit(update, tree, (step) => {
    if (step === 'replace 4') throw new Error('disk full');
    if (step === 'put back 1') throw new Error('disk gone');
  });
  await expect(committing).rejects.toThrow(
    'src/added.ts could not be replaced: disk full. Nor could the others be put back: disk gone.',
  );
  expect(await stateOf(tree)).toBe('mixed');
  await commit([], tree);
  expect(await stateOf(tree)).toBe('before');
  expect(await leftovers(tree)).toEqual([]);
});

const text = fc.oneof(fc.string({ unit: 'binary' }), fc.constantFrom('', 'a', '\ufeffa', '\r\n'));
const path = fc.constantFrom('a', 'b', 'c/d', 'c/e/f', 'g/h', 'g/i/j/k', 'l m', '.n/\u00e4');
const files = fc.dictionary(path, text, { noNullPrototype: true });
/** Texts of files before an update, and what it makes of some of them; `null` is no file. */
const scenario = fc.record({
  before: files,
  changes: fc.dictionary(path, fc.option(text), { noNullPrototype: true }),
});
const changesOf = ({ before, changes }: { before: Record<string, string>; changes: object }) =>
  Object.entries(changes).map(
    ([path, content]): FileChange => ({ path, content, expected: before[path] ?? null }),
  );

async function createTree(before: Record<string, string>) {
  const root = await mkdtemp(join(tmpdir(), 'sync3-failure-'));
  for (const [path, content] of Object.entries(before)) await writeTo(root, path, content);
  return { root, staging: join(root, 'node_modules/staging') };
}

test('after a failure at any step every file and folder is as it was', async () => {
  let failures = 0;
  const property = fc.asyncProperty(scenario, fc.nat({ max: 9 }), async (scenario, index) => {
    const tree = await createTree(scenario.before);
    try {
      const before = await snapshot(tree.root);
      const failing = await commit(changesOf(scenario), tree, (step) => {
        if (step === `replace ${index}`) throw new Error('disk full');
      }).catch((error) => error);
      if (failing === undefined) return;
      failures += 1;
      expect(failing).toBeInstanceOf(SpecError);
      expect(await snapshot(tree.root)).toEqual(before);
    } finally {
      await rm(tree.root, { recursive: true });
    }
  });
  await fc.assert(property, { numRuns: 60 });
  expect(failures).toBeGreaterThan(5);
});

test('without one every file is as the changes say, and the others as they were', async () => {
  const property = fc.asyncProperty(scenario, async (scenario) => {
    const tree = await createTree(scenario.before);
    try {
      await commit(changesOf(scenario), tree);
      const wanted = { ...scenario.before, ...scenario.changes };
      for (const [path, content] of Object.entries(wanted)) {
        const actual = await readFile(join(tree.root, path)).catch(() => null);
        expect(actual).toEqual(content === null ? null : Buffer.from(content));
      }
    } finally {
      await rm(tree.root, { recursive: true });
    }
  });
  await fc.assert(property, { numRuns: 30 });
});
