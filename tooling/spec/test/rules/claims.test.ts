import { readFile } from 'node:fs/promises';
import { describe, expect, test } from 'vitest';
import { compose } from '../../src/compose.ts';
import { locations } from '../../src/locations.ts';
import { claimsFile, readClaims } from '../../src/rules/claims.ts';
import { compareClaims } from '../../src/rules/compare-claims.ts';
import { frozenDocument } from '../frozen/frozen-document.ts';

// biome-ignore lint/suspicious/noExplicitAny: a document that is changed at will
type Part = Record<string, any>;

const committed = await readFile(locations.composed, 'utf8');
const frozen = JSON.stringify(await compose(frozenDocument(), locations.overlays));
const claims = await readClaims(locations.claims);

/** What differs once the document has been changed. */
function gapsAfter(change: (schemas: Part) => void, text = frozen) {
  const document = JSON.parse(text);
  change(document.components.schemas);
  return compareClaims(document, claims);
}

const requires = (name: string) => ({ required: [name] });
const needs = (given: string, needed: string) =>
  Object.fromEntries([
    ['if', requires(given)],
    ['then', requires(needed)],
  ]);

test('the hand-written rules implement what the document says of several properties, and no more', () => {
  const gaps = gapsAfter(() => {}, committed);
  const texts = gaps.map(({ pointer, text }) => [pointer, text].filter(Boolean).join('\n'));
  if (texts.length > 0) throw new Error(texts.join('\n\n'));
});

describe('a rule that appears is told with its pointer, in words, and with the file to edit', () => {
  test('if and then', () => {
    expect(
      gapsAfter(({ VideoInferenceTask: task }) => {
        task.allOf = [needs('uploadEndpoint', 'ttl')];
      }),
    ).toEqual([
      {
        kind: 'unclaimed',
        pointer: '#/components/schemas/VideoInferenceTask/allOf/0/if',
        text: expect.stringContaining(
          'Of the task the document says: `uploadEndpoint` needs `ttl`.',
        ),
        file: 'packages/sdk/src/lipsync/rules/audio-source.ts',
      },
    ]);
  });

  test('dependentRequired, in an object that has hand-written rules and in one that has none', () => {
    const [segment, safety, ...more] = gapsAfter(({ Segment, Safety }) => {
      Segment.dependentRequired.startTime = ['audioStartTime'];
      Safety.dependentRequired = { mode: ['checkContent'] };
    });
    expect(more).toEqual([]);
    expect(segment).toMatchObject({
      pointer: '#/components/schemas/Segment/dependentRequired/startTime',
      file: 'packages/sdk/src/lipsync/rules/segment.ts',
    });
    expect(segment?.text).toContain(
      'Of settings.segments[] the document says: `startTime` needs `audioStartTime`.',
    );
    expect(safety).toMatchObject({
      pointer: '#/components/schemas/Safety/dependentRequired/mode',
      file: 'packages/sdk/src/lipsync/rules/cross-field.ts',
    });
  });

  test('oneOf of required', () => {
    const [gap] = gapsAfter(({ Settings }) => {
      Settings.oneOf = [requires('syncMode'), requires('tts')];
    });
    expect(gap?.pointer).toBe('#/components/schemas/Settings/oneOf');
    expect(gap?.text).toContain(
      'Of settings the document says: exactly one of `syncMode` and `tts`.',
    );
  });

  test('the entry that it prints is the one that closes the gap', () => {
    const change = ({ Speech }: Part) => {
      Speech.dependentRequired = { voice: ['text'] };
    };
    const [gap] = gapsAfter(change);
    const [, entry = ''] = /claims\.json: (\{.*\})$/.exec(gap?.text ?? '') ?? [];
    const document = JSON.parse(committed);
    change(document.components.schemas);
    expect(compareClaims(document, [...claims, JSON.parse(entry)])).toEqual([]);
  });
});

describe('a rule that disappears is told with its name and the file to edit', () => {
  test('of the task', () => {
    const [gap, ...more] = gapsAfter(({ VideoInferenceTask: task }) => {
      task.then.allOf.splice(1, 1);
    });
    expect(more).toEqual([]);
    expect(gap).toEqual({
      kind: 'gone',
      text: expect.stringContaining('no longer says: `settings.tts` needs `speech`.'),
      file: 'packages/sdk/src/lipsync/rules/audio-source.ts',
    });
    for (const part of ['"tts-needs-speech"', claimsFile]) expect(gap?.text).toContain(part);
  });

  test('one half of a pair', () => {
    const gaps = gapsAfter(({ ActiveSpeakerDetection }) => {
      delete ActiveSpeakerDetection.dependentRequired.frameNumber;
    });
    expect(gaps).toMatchObject([
      { kind: 'gone', file: 'packages/sdk/src/lipsync/rules/active-speaker-detection.ts' },
    ]);
    expect(gaps[0]?.text).toContain(
      'settings.activeSpeakerDetection.frameNumber.dependentRequired',
    );
  });

  test('one that says something else now is both', () => {
    const kinds = gapsAfter(({ VideoInferenceTask: task }) => {
      task.then.allOf[2].oneOf.pop();
    }).map(({ kind }) => kind);
    expect(kinds).toEqual(['unclaimed', 'gone']);
  });
});

test.each<[how: string, change: (schemas: Part) => void]>([
  [
    'in another order',
    ({ VideoInferenceTask: task }) => {
      task.then.allOf.reverse();
      for (const { oneOf } of task.then.allOf) oneOf?.reverse();
    },
  ],
  [
    'beside the properties',
    ({ VideoInferenceTask: task }) => {
      task.allOf = task.then.allOf;
      delete task.if;
      Reflect.deleteProperty(task, 'then');
    },
  ],
  [
    'behind a reference, with a title',
    (schemas) => {
      const [first] = schemas['VideoInferenceTask'].then.allOf;
      schemas['OneSpeaker'] = { title: 'One speaker', ...first };
      schemas['VideoInferenceTask'].then.allOf[0] = { $ref: '#/components/schemas/OneSpeaker' };
    },
  ],
  [
    'in other words of the same meaning',
    ({ VideoInferenceTask: task }) => {
      const [rule] = task.then.allOf;
      task.then.allOf[0] = { not: { allOf: [{ allOf: rule.not.allOf }] } };
    },
  ],
])('a rule that is written %s is the same', (_, change) => {
  expect(gapsAfter(change)).toEqual([]);
});
