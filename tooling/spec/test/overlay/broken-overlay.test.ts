import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { compose } from '../../src/compose.ts';
import { OverlayError } from '../../src/overlay/overlay-error.ts';

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sync3-overlays-'));
});
afterEach(() => rm(folder, { recursive: true }));

const upstream = { info: { title: 'API' }, list: ['a', { b: 1 }], word: 'word', nothing: null };

async function composeWith(text: string) {
  await writeFile(join(folder, '01-test.overlay.yaml'), text);
  return compose(upstream, folder);
}

/** The first action is on line 4. */
const overlay = (...actions: string[]) =>
  ['overlay: 1.1.0', 'info: { title: x, version: 1.0.0 }', 'actions:']
    .concat(actions.map((action) => `  - ${action}`))
    .join('\n');

async function refusal(text: string): Promise<string> {
  const error = await composeWith(text).catch((reason) => reason);
  expect(error).toBeInstanceOf(OverlayError);
  return error.message;
}

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
    ['everything below', '{ target: $..title, remove: true }', /no JSONPath to one place/],
    ['no kind', '{ target: $.info }', /:5: .* one of update, remove and copy; it has none/],
    ['two kinds', '{ target: $.info, update: {}, remove: true }', /it has update and remove/],
    ['remove: false', '{ target: $.info, remove: false }', /must say "remove: true"/],
    ['all removed', '{ target: $, remove: true }', /not on the whole document/],
    ['a copy of no path', '{ target: $.info, copy: true }', /the copy true is no JSONPath/],
  ])('%s', async (_, action, message) => {
    expect(await refusal(overlay(valid, action))).toMatch(message);
  });
});

describe('an action that cannot do what it says is an error:', () => {
  test.each([
    ['names for a word', '{ target: $.word, update: { a: 1 } }', /upstream now has there "word"/],
    ['names for null', '{ target: $.nothing, update: { a: 1 } }', /upstream now has there null/],
    ['a word for an object', '{ target: $.info, update: word }', /adds no names/],
    ['an element twice', '{ target: $.list, update: a }', /adds "a" to a list in which upstream/],
    ['one of two', '{ target: $.list, update: [{ b: 1 }, c] }', /adds \{"b":1\} to a list/],
    ['a copy onto itself', '{ target: $.info, copy: $.info }', /adds `title`, .*just the same/],
    ['a list index too high', "{ target: '$.list[2]', update: {} }", /\$\.list: a list of 2\./],
    ['a name of a list', '{ target: $.list.length, update: {} }', /\$\.list: a list of 2\./],
    ['a name of every object', '{ target: $.info.toString, update: {} }', /\$\.info: title\./],
    ['an unexplained removal', '{ target: $.info, remove: true }', /removes what no action/],
    [
      'a wrong explanation',
      '{ target: $.info, remove: true, x-removes: { title: X } }',
      /expects \{"title":"X"\}, but upstream now has at \$\.info: \{"title":"API"\}/,
    ],
  ])('%s', async (_, action, message) => {
    expect(await refusal(overlay(action))).toMatch(message);
  });

  test('two actions of ours add the same: the second names the first', async () => {
    const add = '{ target: $.info, update: { a: 1 } }';
    expect(await refusal(overlay(add, add))).toBe(
      '01-test.overlay.yaml:5: update "$.info" adds `a`, which 01-test.overlay.yaml:4 has added.',
    );
  });
});

describe('a removal without x-removes', () => {
  const placeholder = '{ target: $, update: { kept: {} } }';
  const copy = '{ target: $.kept, copy: $.info }';
  const remove = '{ target: $.info, remove: true }';

  test('may remove what an earlier action copied', async () => {
    expect(await composeWith(overlay(placeholder, copy, remove))).toEqual({
      kept: upstream.info,
      list: upstream.list,
      word: 'word',
      nothing: null,
    });
  });

  test('may not remove what was changed after it was copied', async () => {
    const change = '{ target: $.info, update: { new: 1 } }';
    expect(await refusal(overlay(placeholder, copy, change, remove))).toMatch(
      /:7: remove .* removes what no action has copied; .*\{"title":"API","new":1\}/,
    );
  });

  test('may not remove what has lost a part since it was copied', async () => {
    const part = '{ target: $.info.title, remove: true, x-removes: API }';
    expect(await refusal(overlay(placeholder, copy, part, remove))).toMatch(
      /:7: remove .* removes what no action has copied; .*: \{\}/,
    );
  });

  test('may not remove what is copied later, or from elsewhere', async () => {
    expect(await refusal(overlay(placeholder, remove, copy))).toContain('removes what no action');
    const second = '{ target: $, update: { same: { title: API } } }';
    const removeSecond = '{ target: $.same, remove: true }';
    expect(await refusal(overlay(placeholder, second, copy, removeSecond))).toContain(
      'removes what no action',
    );
  });
});

test('additions to objects, lists and the document itself are applied', async () => {
  const composed = await composeWith(
    overlay(
      "{ target: '$', update: { new: { 'a b': 1 } } }",
      "{ target: \"$['new']['a b']\", remove: true, x-removes: 1 }",
      '{ target: $.list, update: [c] }',
      "{ target: '$.list[1]', update: { c: 2 } }",
    ),
  );
  expect(composed).toEqual({ ...upstream, new: {}, list: ['a', { b: 1, c: 2 }, 'c'] });
});
