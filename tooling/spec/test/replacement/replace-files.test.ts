import { lstat, mkdir, mkdtemp, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { commit } from '../../src/replacement/commit.ts';
import { replaceFiles } from '../../src/replacement/replace-files.ts';
import { SpecError } from '../../src/spec-error.ts';
import { update } from './update.ts';
import { createWorkTree, leftovers, snapshot, stateOf, writeTo } from './work-tree.ts';

test('files are replaced, added and deleted, and nothing else is left behind', async () => {
  const tree = await createWorkTree();
  await replaceFiles(update, tree);
  expect(await stateOf(tree)).toBe('after');
  expect(await leftovers(tree)).toEqual([]);
});

test('absolute paths are taken too', async () => {
  const tree = await createWorkTree();
  const absolute = update.map((change) => ({ ...change, path: join(tree.root, change.path) }));
  await replaceFiles(absolute, tree);
  expect(await stateOf(tree)).toBe('after');
});

test('a file that stays as it is is not touched, and a replaced one keeps its permissions', async () => {
  const tree = await createWorkTree();
  const untouched = join(tree.root, 'src/untouched.ts');
  const before = await stat(untouched, { bigint: true });
  await replaceFiles(update, tree);
  const after = await stat(untouched, { bigint: true });
  expect([after.ino, after.mtimeNs, after.ctimeNs]).toEqual([
    before.ino,
    before.mtimeNs,
    before.ctimeNs,
  ]);
  expect((await stat(join(tree.root, 'src/types.ts'))).mode & 0o777).toBe(0o755);
});

describe('nothing is touched when', () => {
  const last = (path: string) => [...update, { path, content: 'new\n', expected: null }];

  test.each([
    ['a file has other content than expected', 'src/types.ts', 'export type A = 3;\n'],
    ['a file to be added is there', 'src/added.ts', ''],
    ['a file that would stay as it is has changed', 'src/untouched.ts', 'changed\n'],
  ])('%s', async (_, path, text) => {
    const tree = await createWorkTree();
    await writeTo(tree.root, path, text);
    const before = await snapshot(tree.root);
    const replacing = replaceFiles(update, tree);
    await expect(replacing).rejects.toThrow(SpecError);
    await expect(replacing).rejects.toThrow(`${path} has changed since the update was computed.`);
    expect(await snapshot(tree.root)).toEqual(before);
  });

  test('a file to be deleted is gone', async () => {
    const tree = await createWorkTree();
    await rm(join(tree.root, 'src/retired.ts'));
    await expect(replaceFiles(update, tree)).rejects.toThrow('src/retired.ts has changed');
    expect(tree.git('status', '--porcelain')).toBe(' D src/retired.ts\n');
  });

  test.each([
    ['is the root', '.', /^\. is not a file in /],
    ['leads out of the root', '../outside.txt', /^\.\.\/outside\.txt is not a file in /],
    ['lies elsewhere', '/outside.txt', /^\/outside\.txt is not a file in /],
    ['is a folder', 'src', /src is a link, or no file: src is not replaced/],
    ['lies below a file', 'src/types.ts/new.ts', /types\.ts is a link, or no folder/],
    ['is named twice', './src/../src/types.ts', /src\/types\.ts is to be replaced twice/],
  ])('a path %s', async (_, path, message) => {
    const tree = await createWorkTree();
    await expect(commit(last(path), tree)).rejects.toThrow(message);
    expect(await stateOf(tree)).toBe('before');
  });

  test.each([
    ['is a link to a file outside', 'linked', 'linked'],
    ['lies behind a link to a folder outside', 'linked', 'linked/file.txt'],
    ['is a link to nothing', 'nowhere', 'nowhere'],
  ])('a path %s', async (_, link, path) => {
    const tree = await createWorkTree();
    const outside = await mkdtemp(join(tmpdir(), 'sync3-outside-'));
    onTestFinished(() => rm(outside, { recursive: true }));
    await writeFile(join(outside, 'file.txt'), 'outside\n');
    const isFolder = path !== link;
    await symlink(isFolder ? outside : join(outside, 'file.txt'), join(tree.root, 'linked'));
    await symlink(join(outside, 'missing'), join(tree.root, 'nowhere'));
    const before = await snapshot(tree.root);
    const changes = [...update, { path, content: 'inside\n', expected: 'outside\n' }];
    await expect(commit(changes, tree)).rejects.toThrow(/is a link, or no (file|folder)/);
    expect(await snapshot(tree.root)).toEqual(before);
    expect((await lstat(join(tree.root, 'linked'))).isSymbolicLink()).toBe(true);
    expect(await readFile(join(outside, 'file.txt'), 'utf8')).toBe('outside\n');
  });

  test('the new contents cannot be written aside', async () => {
    const tree = await createWorkTree();
    await mkdir(join(tree.root, 'node_modules/.cache'), { recursive: true });
    await writeFile(tree.staging, 'a file, where a folder should be');
    await expect(replaceFiles(update, tree)).rejects.toThrow(
      /^The files were not replaced: EEXIST/,
    );
    expect(await stateOf(tree)).toBe('before');
  });
});

test('of two updates at once one is made whole, and the other is refused', async () => {
  const tree = await createWorkTree();
  const mark = (changes: typeof update, name: string) =>
    changes.map((change) => ({ ...change, content: change.content && `${name}\n` }));
  const outcomes = await Promise.allSettled([
    replaceFiles(mark(update, 'first'), tree),
    replaceFiles(mark(update, 'second'), tree),
  ]);
  expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
  const refused = outcomes.find((outcome) => outcome.status === 'rejected');
  expect(refused?.reason.message).toContain('has changed since the update was computed');
  const winner = outcomes[0]?.status === 'fulfilled' ? 'first\n' : 'second\n';
  for (const { path, content } of update.filter((change) => change.content)) {
    expect([path, await readFile(join(tree.root, path), 'utf8')]).toEqual([
      path,
      content && winner,
    ]);
  }
});
