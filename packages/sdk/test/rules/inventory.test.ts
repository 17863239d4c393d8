import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { validateTask } from '../../src/index.js';
import { brokenTasks } from './mutate-task.js';
import { inventoryLines, rulesFolder } from './rule-inventory.js';
import { schemaRules } from './schema-rule-examples.js';
import { unprovenRules } from './unproven-rules.js';
import { type Schema, upstreamSchema } from './upstream-schema.js';

const rulesOf = (task: unknown) =>
  validateTask(task)
    .filter(({ origin }) => origin === 'schema')
    .map(({ rule }) => rule);

describe('the inventory of the rules', { timeout: 120_000 }, () => {
  test('names only rules that an example breaks', () => {
    const broken = new Set(schemaRules.flatMap(([, , task]) => rulesOf(task)));
    const unbroken = inventoryLines.filter(({ rule }) => !broken.has(rule));
    expect(
      unbroken.map(
        ({ rule, file }) => `${file}: no example in schema-rule-examples.ts breaks ${rule}`,
      ),
    ).toEqual([]);
  });

  test('names every rule of the schema that can be broken', () => {
    const named = new Set(inventoryLines.map(({ rule }) => rule));
    const tasks = fc
      .sample(brokenTasks, 500)
      .flatMap(({ once, repeatedly }) => [...once, ...repeatedly]);
    const found = new Set(
      [...schemaRules.map(([, , task]) => task), ...tasks].flatMap((task) => rulesOf(task)),
    );
    expect([...found].filter((rule) => !named.has(rule))).toEqual([]);
    expect(found.size).toBe(named.size);
  });
});

describe('every line of the inventory', { timeout: 120_000 }, () => {
  test('has a rule that refuses what the assertion refuses, and nothing else', () => {
    const unproven = unprovenRules(upstreamSchema, inventoryLines);
    if (unproven.length > 0) throw new Error(unproven.join('\n'));
  });

  const speaker = '/properties/settings/properties/activeSpeakerDetection';
  const segment = '/properties/settings/properties/segments/items';

  test.each<[file: string, rule: string, value: unknown, at: string]>([
    ['task.ts', 'outputQuality.maximum', 90, '/properties/outputQuality/maximum'],
    ['task.ts', 'outputQuality.maximum', 120, '/properties/outputQuality/maximum'],
    ['task.ts', 'ttl.type', 'number', '/properties/ttl/type'],
    ['task.ts', 'ttl.maximum', 1e6, '/properties/ttl/maximum'],
    ['task.ts', 'speech.voice.minLength', 3, '/properties/speech/properties/voice/minLength'],
    ['task.ts', 'seed.type', 'integer', '/properties/seed/type'],
    ['task.ts', 'additionalProperties', true, '/properties/seed'],
    ['task.ts', 'speech.required', 'speech', '/required'],
    ['task.ts', 'outputFormat.enum', ['MP4', 'GIF'], '/properties/outputFormat/enum'],
    [
      'task.ts',
      'settings.syncMode.oneOf',
      'loop',
      '/properties/settings/properties/syncMode/oneOf/4/const',
    ],
    ['task.ts', 'model.const', 'sync:lipsync@4', '/properties/model/const'],
    ['media-reference.ts', 'webhookURL.format', 'uuid', '/properties/webhookURL/format'],
    [
      'segments.ts',
      'settings.segments[].startTime.multipleOf',
      0.05,
      `${segment}/properties/startTime/multipleOf`,
    ],
    [
      'segments.ts',
      'settings.segments[].startTime.dependentRequired',
      'audioEndTime',
      `${segment}/dependentRequired/startTime`,
    ],
    [
      'active-speaker-detection.ts',
      'settings.activeSpeakerDetection.coordinates.maxItems',
      3,
      `${speaker}/properties/coordinates/maxItems`,
    ],
    // A name that no task has: with one that some have, chance may leave out the tasks without it.
    ['audio-source.ts', 'tts-needs-speech', 'ssml', '/allOf/1/then/required'],
  ])('in %s is not enough when the schema says it, and the rule %s not: %j', (...line) => {
    const [name, rule, value, at] = line;
    const file = `${rulesFolder}/${name}`;
    const fault = `Edit ${file}: the rule "${rule}" does not implement ${JSON.stringify(value)} at #/items${at}: `;
    const unproven = unprovenRules(schemaWith(at, value), [
      { rule, value, at: `#/items${at}`, file },
    ]);
    expect(unproven).toEqual([expect.stringContaining(fault)]);
  });

  test('is about an assertion that the schema has, and names the rule that implements it', () => {
    const file = `${rulesFolder}/task.ts`;
    const [at, value] = ['#/items/properties/outputQuality/maximum', 99];
    expect(
      unprovenRules(upstreamSchema, [
        { rule: 'outputQuality.minimum', value, at, file },
        { rule: 'ttl.maximum', value, at: '#/items/properties/ttl/maximum', file },
      ]),
    ).toEqual([
      expect.stringContaining('the rule "outputQuality.minimum" does not implement'),
      expect.stringContaining('the schema has no such assertion'),
    ]);
  });

  test('has a rule that is no stricter than what it combines', () => {
    const schema = structuredClone(upstreamSchema);
    const [, , { oneOf }] = schema['allOf'] as [Schema, Schema, { oneOf: Schema[] }];
    oneOf.pop();
    const parts = inventoryLines.filter(({ rule }) => rule === 'one-audio-source');
    expect(unprovenRules(schema, parts)).toEqual([
      expect.stringContaining('the rule "one-audio-source" does not implement'),
    ]);
  });
});

/** The upstream schema, which says something else at a pointer, or has one more name there. */
function schemaWith(pointer: string, value: unknown): Schema {
  const schema: Schema = structuredClone(upstreamSchema);
  const steps = pointer.split('/').slice(1);
  const last = steps.pop() ?? '';
  const parent = steps.reduce((node, step) => {
    node[step] ??= {};
    return node[step] as Schema;
  }, schema);
  const isNames = last === 'required' || steps.at(-1) === 'dependentRequired';
  parent[last] = isNames ? [...((parent[last] as string[]) ?? []), value] : value;
  return schema;
}
