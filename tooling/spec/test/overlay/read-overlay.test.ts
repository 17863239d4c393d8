import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { OverlayError } from '../../src/overlay/overlay-error.ts';
import { readOverlay } from '../../src/overlay/read-overlay.ts';

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sync3-overlays-'));
});
afterEach(() => rm(folder, { recursive: true }));

async function read(text: string) {
  const path = join(folder, '01-test.overlay.yaml');
  await writeFile(path, text);
  return readOverlay(path);
}

/** The first action is on line 4. */
const overlay = (...actions: string[]) =>
  ['overlay: 1.1.0', 'info: { title: x, version: 1.0.0 }', 'actions:']
    .concat(actions.map((action) => `  - ${action}`))
    .join('\n');

async function refusal(text: string): Promise<string> {
  const error = await read(text).catch((reason) => reason);
  expect(error).toBeInstanceOf(OverlayError);
  return error.message;
}

test('an action has a place, what is added there, and what that corrects', async () => {
  const text = overlay(
    '{ target: "$[\'a b\'].list[1]", update: { c: 1 } }',
    '{ target: $.paths.*.post, x-replaces: { d: 2 }, update: { d: 3 } }',
  );
  expect(await read(text)).toEqual([
    {
      where: '01-test.overlay.yaml:4',
      target: ['a b', 'list', 1],
      value: { c: 1 },
      written: "$['a b'].list[1]",
    },
    {
      where: '01-test.overlay.yaml:5',
      target: ['paths', '*', 'post'],
      value: { d: 3 },
      replaces: { d: 2 },
      written: '$.paths.*.post',
    },
  ]);
});

describe('a file that is no overlay is an error that names file and line:', () => {
  test.each([
    ['an open list', 'overlay: [', /^01-test\.overlay\.yaml:1: this is no YAML: /],
    ['a key twice', 'overlay: 1.1.0\noverlay: 1.1.0', /^01-test\.overlay\.yaml:2: this is no YAML/],
    ['nothing', '', /^01-test\.overlay\.yaml:1: the version of the overlay is/],
    ['a list', '- 1', /^01-test\.overlay\.yaml:1: the version of the overlay is/],
    ['a later version', 'overlay: 2.0.0\nactions: []', /:1: the version .* "2\.0\.0"/],
    ['a version that is a number', 'overlay: 1.1\nactions: []', /:1: the version .* 1\.1\. Write/],
    ['no actions', 'overlay: 1.1.0', /:1: the overlay has no list of "actions"/],
    ['an action that is a word', overlay('remove'), /^01-test.*every action has a "target"/],
    ['an unknown alias', overlay('{ target: $, update: *x }'), /:4: this is no YAML: .*x/],
  ])('%s', async (_, text, message) => {
    expect(await refusal(text)).toMatch(message);
  });
});

describe('an action that does not say clearly where and what is an error:', () => {
  const valid = '{ target: $.info, update: { a: 1 } }';
  test.each([
    ['no target', '{ update: {} }', /:5: the target undefined is no JSONPath/],
    ['a JSON Pointer', '{ target: /info, update: {} }', /:5: the target "\/info" is no JSONPath/],
    ['an open bracket', "{ target: '$.info[', update: {} }", /"\$\.info\[" is no JSONPath/],
    ['a wildcard', "{ target: '$.*', update: {} }", /:5: .* no JSONPath to one place/],
    ['everything below', '{ target: $..title, update: {} }', /no JSONPath to one place/],
    ['no update', '{ target: $.info }', /:5: .* must have an update and nothing else; it has none/],
    ['a removal', '{ target: $.info, remove: true }', /nothing else; it has remove\. To correct/],
    ['a copy', '{ target: $.info, copy: $.paths, update: {} }', /nothing else; it has copy/],
  ])('%s', async (_, action, message) => {
    expect(await refusal(overlay(valid, action))).toMatch(message);
  });
});
