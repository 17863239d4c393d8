import { describe, expect, test } from 'vitest';
import { applyAction } from '../../src/overlay/apply-action.ts';
import { parsePath } from '../../src/overlay/json-path.ts';
import { OverlayError } from '../../src/overlay/overlay-error.ts';
import type { Part } from '../diff/document-parts.ts';

const upstream = {
  info: { title: 'API', description: 'Words of Runware.' },
  list: ['a', { b: 1 }],
  word: 'word',
  nothing: null,
  components: { schemas: { Answer: { type: 'object', properties: { id: { type: 'string' } } } } },
};

/** Applies updates to the document, one after the other. */
function apply(...updates: [target: string, value: unknown, replaces?: Part][]) {
  const document: Part = structuredClone(upstream);
  const repetitions = updates.map(([written, value, replaces], position) => {
    const target = parsePath(written) ?? [];
    const where = `01-test.overlay.yaml:${position + 4}`;
    return applyAction(document, upstream, { where, target, written, value, replaces });
  });
  return { document, repetitions };
}

function refusal(...updates: Parameters<typeof apply>): string {
  let error: unknown;
  try {
    apply(...updates);
  } catch (reason) {
    error = reason;
  }
  expect(error).toBeInstanceOf(OverlayError);
  return (error as OverlayError).message;
}

test('additions to objects, lists and the document itself are applied', () => {
  const { document, repetitions } = apply(
    ['$', { new: { a: 1 } }],
    ['$.new', { b: 2 }],
    ['$.list', ['c']],
    ['$.list[1]', { c: 2 }],
  );
  expect(document).toEqual({ ...upstream, new: { a: 1, b: 2 }, list: ['a', { b: 1, c: 2 }, 'c'] });
  expect(repetitions).toEqual([undefined, undefined, undefined, undefined]);
});

describe('what upstream says by itself is left to it, and reported:', () => {
  const target = '$.components.schemas.Answer';
  const where = '01-test.overlay.yaml:4';

  test('the whole of an action', () => {
    const value = { properties: { id: { type: 'string' } } };
    const { document, repetitions } = apply([target, value]);
    expect(document).toEqual(upstream);
    const places = ['$.components.schemas.Answer.properties'];
    expect(repetitions).toEqual([{ where, places, isWhole: true, reason: 'repeated' }]);
  });

  test('a part of an action; the rest is added', () => {
    const value = { type: 'object', properties: { id: { type: 'string', format: 'uuid' } } };
    const { document, repetitions } = apply([target, value]);
    expect(document.components.schemas.Answer).toEqual(value);
    const places = [`${target}.type`, `${target}.properties.id.type`];
    expect(repetitions).toEqual([{ where, places, isWhole: false, reason: 'repeated' }]);
  });

  test('an element of a list is not added twice', () => {
    expect(apply(['$.list', [{ b: 1 }, 'c']]).document.list).toEqual(['a', { b: 1 }, 'c']);
  });

  test('the same in other words: those of upstream stay', () => {
    const { document, repetitions } = apply(['$.info', { description: 'Our words.' }]);
    expect(document).toEqual(upstream);
    expect(repetitions).toEqual([
      { where, places: ['$.info.description'], isWhole: true, reason: 'repeated' },
    ]);
  });

  test('something else than what an action corrects', () => {
    const id = `${target}.properties.id`;
    const corrected = apply([id, { anyOf: [{}] }, { type: 'string' }]);
    expect(corrected.document.components.schemas.Answer.properties.id).toEqual({ anyOf: [{}] });
    const { document, repetitions } = apply([id, { anyOf: [{}] }, { type: 'number' }]);
    expect(document).toEqual(upstream);
    expect(repetitions).toEqual([{ where, places: [id], isWhole: true, reason: 'superseded' }]);
  });

  test.each(['$.components.schemas.Gone.properties.id', `${target}.properties.gone`])(
    '%s is gone, and what we say about it with it',
    (place) => {
      const { document, repetitions } = apply([place, { format: 'uuid' }]);
      expect(document).toEqual(upstream);
      expect(repetitions).toEqual([{ where, places: [place], isWhole: true, reason: 'gone' }]);
    },
  );
});

describe('what upstream contradicts is an error:', () => {
  test.each<[string, string, unknown, string]>([
    ['names for a word', '$.word', { a: 1 }, 'as $.word, but upstream now has there: "word".'],
    ['names for null', '$.nothing', { a: 1 }, 'as $.nothing, but upstream now has there: null.'],
    ['a word for an object', '$.info', 'word', 'adds "word" as $.info, but upstream now has'],
    ['another value', '$.components.schemas.Answer', { type: 'array' }, 'adds "array" as'],
    ['a list index too high', '$.list[2]', {}, 'There is now at $.list: a list of 2.'],
    ['a name of a list', '$.list.length', {}, 'There is now at $.list: a list of 2.'],
    ['a name of every object', '$.info.toString', {}, 'at $.info: title, description.'],
    ['a place that is gone', '$.servers', {}, 'info, list, word, nothing, components.'],
    ['a place that has moved', '$.id', {}, '`id` now stands at $.components.schemas.Answer.prop'],
  ])('%s', (_, target, value, message) => {
    expect(refusal([target, value])).toContain(message);
    expect(refusal([target, value])).toMatch(/^01-test\.overlay\.yaml:4: update "\$/);
  });

  test('two actions of ours add the same', () => {
    expect(refusal(['$.info', { a: 1 }], ['$.info', { a: 1 }])).toBe(
      '01-test.overlay.yaml:5: update "$.info" adds $.info.a, which an earlier action has added.',
    );
  });

  test('a long value is shortened', () => {
    const message = refusal(['$.word', { a: 'x'.repeat(10_000) }]);
    expect(message.length).toBeLessThan(700);
    expect(message).toContain('xxx…');
  });

  test('a name with marks that a terminal or a log obeys is shown as it is written', () => {
    const message = refusal(['$.word', { '\n::error::\u001b[2J\u009b31m\u202e\u2028': 1 }]);
    expect(message).not.toMatch(/[\p{Cc}\p{Cf}\p{Zl}]/u);
  });
});
