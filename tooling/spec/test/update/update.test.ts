import { readFile, rename, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import parseChangeset from '@changesets/parse';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { condition, operation, type Part, properties, rules } from '../diff/document-parts.ts';
import { WorkTree } from './work-tree.ts';

let tree: WorkTree;
beforeAll(async () => {
  tree = await WorkTree.create();
});
afterEach(async () => {
  await tree.git('reset', '--hard', '--quiet');
  await tree.git('clean', '-d', '--force', '--quiet');
});
afterAll(() => tree.remove());

const read = (path: string) => readFile(join(tree.root, path), 'utf8');
const published = () => join(tree.root, 'openapi/upstream/sync-3.json');

const raiseQuality = (document: Part) => {
  properties(document).outputQuality.maximum = 100;
};

describe('a document that says nothing new', () => {
  test.each([
    ['the committed one', (text: string) => text],
    ['in one line', (text: string) => JSON.stringify(JSON.parse(text))],
    [
      'with its names in another order',
      (text: string) => {
        const document = JSON.parse(text);
        const { components, ...rest } = document;
        return JSON.stringify({ components, ...rest }, null, 4);
      },
    ],
  ])('changes nothing: %s', async (_, write) => {
    const from = join(tree.aside, 'same.json');
    await writeFile(from, write(await readFile(published(), 'utf8')));
    const { code, stdout, stderr } = await tree.update('--from', from);
    expect([code, stderr]).toEqual([0, '']);
    expect(stdout).toContain('nothing has changed');
    expect(await tree.status()).toEqual([]);
  });

  test('is told as JSON, too', async () => {
    const { stdout } = await tree.update('--from', published(), '--json');
    expect(JSON.parse(stdout)).toEqual({
      changed: false,
      dryRun: false,
      source: published(),
      bump: null,
      packages: {},
      changes: [],
      changelog: '',
      changeset: null,
      forPeople: [],
      heldBack: [],
      files: [],
    });
  });
});

describe('a changed document', () => {
  test('replaces document, composed document and client, and adds one changeset', async () => {
    const from = await tree.changedDocument(raiseQuality);
    const { code, stdout } = await tree.update('--from', from);
    expect(code).toBe(0);
    const status = await tree.status();
    const changeset = status.find((line) => line.includes('.changeset/'))?.slice(3) ?? '';
    expect(status.toSorted()).toEqual([
      ' M openapi/sync-3.openapi.json',
      ' M openapi/upstream/sync-3.json',
      ' M packages/generated/src/parameters/parameters.gen.ts',
      ' M packages/generated/src/rules/rules.gen.ts',
      ' M packages/generated/src/schemas/schemas.gen.ts',
      ' M packages/generated/src/types.gen.ts',
      `?? ${changeset}`,
    ]);
    expect(await read('openapi/upstream/sync-3.json')).toBe(await readFile(from, 'utf8'));
    expect(await read('packages/generated/src/schemas/schemas.gen.ts')).toContain('maximum: 100');

    const text = await read(changeset);
    expect(parseChangeset(text).releases).toEqual([
      { name: '@sync3/generated', type: 'patch' },
      { name: '@sync3/sdk', type: 'patch' },
      { name: '@sync3/batch', type: 'patch' },
      { name: '@sync3/cli', type: 'patch' },
      { name: '@sync3/mock-server', type: 'patch' },
    ]);
    const sentence = '- `outputQuality` can be `100` or less now (before: `99` or less).';
    for (const said of [text, stdout]) {
      expect(said).toContain(`**Added**\n\n${sentence}`);
      expect(said).toContain('Below version 1.0 a breaking change is a minor release');
    }
  });

  test('tells which rules have to be written by hand, and where', async () => {
    const from = await tree.changedDocument((document) => {
      properties(document).speech.dependentRequired = { voice: ['text'] };
    });
    const { stdout } = await tree.update('--from', from, '--json');
    expect(JSON.parse(stdout).forPeople).toMatchObject([
      {
        pointer: '#/components/schemas/Speech/dependentRequired/voice',
        file: 'packages/sdk/src/lipsync/rules/cross-field.ts',
      },
    ]);
  });

  test('is a minor release below 1.0 when it breaks, and a major one after', async () => {
    for (const [version, bump] of [
      ['0.9.0', 'minor'],
      ['1.2.3', 'major'],
    ]) {
      const path = join(tree.root, 'packages/generated/package.json');
      const manifest = JSON.parse(await readFile(path, 'utf8'));
      await writeFile(path, JSON.stringify({ ...manifest, version }));
      const from = await tree.changedDocument((document) => {
        properties(document).outputQuality.maximum = 90;
      });
      const { stdout } = await tree.update('--from', from, '--dry-run', '--json');
      const { bump: weight, packages } = JSON.parse(stdout);
      expect([weight, packages['@sync3/generated']]).toEqual(['major', bump]);
    }
  });

  test('changes nothing the second time', async () => {
    const from = await tree.changedDocument(raiseQuality);
    await tree.update('--from', from);
    const difference = await tree.difference();
    const { code, stdout } = await tree.update('--from', from);
    expect([code, stdout.includes('nothing has changed')]).toEqual([0, true]);
    expect(await tree.difference()).toBe(difference);
  });

  test('changes nothing in a dry run, which tells the same', async () => {
    const from = await tree.changedDocument(raiseQuality);
    const dry = await tree.update('--from', from, '--dry-run', '--json');
    expect(await tree.status()).toEqual([]);
    const { stdout } = await tree.update('--from', from, '--json');
    expect(JSON.parse(stdout)).toEqual({ ...JSON.parse(dry.stdout), dryRun: false });
  });

  test('and back again leaves the work tree as it was, but for the changesets', async () => {
    const original = join(tree.aside, 'original.json');
    await writeFile(original, await readFile(published(), 'utf8'));
    await tree.update('--from', await tree.changedDocument(raiseQuality));
    await tree.update('--from', original);
    const status = await tree.status();
    expect(status.map((line) => line.replace(/[\da-f]{12}/, '…'))).toEqual([
      '?? .changeset/spec-update-….md',
      '?? .changeset/spec-update-….md',
    ]);
  });
});

describe('a change that a person has to decide', () => {
  const change = (document: Part) => {
    raiseQuality(document);
    document.paths['/jobs'] = {
      get: { operationId: 'list_jobs', responses: { '200': { description: 'Jobs' } } },
    };
    rules(document).push(condition({ required: ['ttl'] }, { required: ['outputType'] }));
  };
  const operation = {
    pointer: '#/paths/~1jobs/get',
    text: expect.stringContaining('another operation, "list_jobs"'),
    file: expect.stringContaining('packages/sdk/src/'),
  };
  const rule = {
    pointer: expect.stringContaining('/allOf/3'),
    text: expect.stringContaining('ttl'),
    file: expect.stringContaining('packages/sdk/src/lipsync/rules/'),
  };

  test('is left out when asked, and the rest is taken', async () => {
    const from = await tree.changedDocument(change);
    const { stdout } = await tree.update('--from', from, '--partly', '--json');
    const { changed, bump, heldBack, changelog } = JSON.parse(stdout);
    expect([changed, bump]).toEqual([true, 'minor']);
    expect(heldBack).toEqual([operation, rule]);
    expect(changelog).toContain('`outputQuality` can be `100` or less now');
    expect(changelog).not.toContain('ttl');
    const taken = JSON.parse(await read('openapi/upstream/sync-3.json'));
    expect(Object.keys(taken.paths)).toEqual(['/']);
    expect(rules(taken)).toHaveLength(3);
    expect(properties(taken).outputQuality.maximum).toBe(100);
  });

  test('is left out again once the rest is taken, and nothing else has changed', async () => {
    const from = await tree.changedDocument(change);
    await tree.update('--from', from, '--partly');
    const difference = await tree.difference();
    const { code, stdout } = await tree.update('--from', from, '--partly');
    expect(code).toBe(0);
    expect(stdout).toContain('nothing that can be taken by itself has changed');
    expect(stdout).toContain('list_jobs');
    expect(await tree.difference()).toBe(difference);
  });

  test('is taken otherwise, with what a person has to do', async () => {
    const from = await tree.changedDocument(change);
    const { stdout } = await tree.update('--from', from, '--json');
    const { forPeople, heldBack } = JSON.parse(stdout);
    expect(heldBack).toEqual([]);
    expect(forPeople).toEqual([operation, rule]);
    const taken = JSON.parse(await read('openapi/upstream/sync-3.json'));
    expect(Object.keys(taken.paths)).toEqual(['/', '/jobs']);
  });
});

describe('nothing is touched when', () => {
  test('the document is not one', async () => {
    const from = join(tree.aside, 'page.json');
    await writeFile(from, '<!doctype html><title>Not found</title>');
    const { code, stdout, stderr } = await tree.update('--from', from);
    expect([code, stdout]).toEqual([1, '']);
    expect(stderr).toContain('Nothing has been changed.');
    expect(stderr).not.toContain('    at ');
    expect(await tree.status()).toEqual([]);
  });

  test('an overlay no longer fits; its action, file and line are told', async () => {
    const from = await tree.changedDocument((document) => {
      delete operation(document).responses['503'];
    });
    const { code, stderr } = await tree.update('--from', from);
    expect(code).toBe(1);
    expect(stderr).toMatch(/06-examples\.overlay\.yaml:\d+/);
    expect(stderr).toContain("responses['503']");
    expect(await tree.status()).toEqual([]);
  });

  test('one of the files cannot be replaced', async () => {
    const linked = join(tree.root, 'openapi/sync-3.openapi.json');
    const elsewhere = join(tree.aside, 'elsewhere.json');
    await rename(linked, elsewhere);
    await symlink(elsewhere, linked);
    const before = [await tree.difference(), await readFile(elsewhere, 'utf8')];
    const { code, stderr } = await tree.update('--from', await tree.changedDocument(raiseQuality));
    expect(code).toBe(1);
    expect(stderr).toContain('openapi/sync-3.openapi.json');
    expect([await tree.difference(), await readFile(elsewhere, 'utf8')]).toEqual(before);
  });

  test('an option is not known', async () => {
    const { code, stderr } = await tree.update('--form', published());
    expect(code).toBe(2);
    expect(stderr).toContain('--form');
    expect(stderr).toContain('Usage: pnpm spec:update');
    expect(await tree.status()).toEqual([]);
  });
});
