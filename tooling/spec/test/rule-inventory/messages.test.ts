import { expect, test } from 'vitest';
import { locations } from '../../src/locations.ts';
import { compareRules } from '../../src/rule-inventory/compare-rules.ts';
import { readInventory } from '../../src/rule-inventory/inventory.ts';
import { printGaps } from '../../src/rule-inventory/print-gaps.ts';
import { type Editable, upstreamWith } from './request-schema.ts';

const inventory = await readInventory(locations.ruleInventory);
const printed = (change: (task: Editable, document: Editable) => void) =>
  printGaps(compareRules(upstreamWith(change), inventory));

const examples = 'packages/sdk/test/rules/schema-rule-examples.ts';
const file = 'packages/sdk/src/lipsync/rules/inventory.json';

test('a limit that changes: both values, the file, the line before and after', () => {
  const message = printed(({ properties }) => {
    properties.outputQuality.maximum = 90;
  });
  expect(message.split('\n')).toEqual([
    'outputQuality: upstream now says maximum 90; the rule "outputQuality.maximum" says maximum 99.',
    `  Change the rule in packages/sdk/src/lipsync/rules/task.ts, and its examples in ${examples}.`,
    `  Then replace in "task.ts" in ${file}:`,
    '    { "rule": "outputQuality.maximum", "value": 99, "at": "#/items/properties/outputQuality/maximum" }',
    '  by:',
    '    { "rule": "outputQuality.maximum", "value": 90, "at": "#/items/properties/outputQuality/maximum" }',
  ]);
});

test('a new limit: the rule to write, and the line to add', () => {
  const message = printed(({ properties }) => {
    properties.speech.properties.voice.minLength = 3;
  });
  expect(message.split('\n')).toEqual([
    'speech.voice: upstream now says minLength 3, and no rule implements it.',
    `  Write the rule "speech.voice.minLength" in packages/sdk/src/lipsync/rules/task.ts, and add an example to ${examples}.`,
    `  Then add to "task.ts" in ${file}:`,
    '    { "rule": "speech.voice.minLength", "value": 3, "at": "#/items/properties/speech/properties/voice/minLength" }',
  ]);
});

test('a new property: the same', () => {
  const message = printed(({ properties }) => {
    properties.seed = { type: 'integer' };
  });
  expect(message.split('\n')).toEqual([
    'seed: upstream now says type "integer", and no rule implements it.',
    `  Write the rule "seed.type" in packages/sdk/src/lipsync/rules/task.ts, and add an example to ${examples}.`,
    `  Then add to "task.ts" in ${file}:`,
    '    { "rule": "seed.type", "value": "integer", "at": "#/items/properties/seed/type" }',
  ]);
});

test('a pair that is no longer one: the rule to remove, for each of the two', () => {
  const message = printed(({ properties }) => {
    delete properties.settings.properties.segments.items.dependentRequired;
  });
  const [first, second, ...others] = message.split('\n\n');
  const at = '#/items/properties/settings/properties/segments/items/dependentRequired';
  expect(others).toEqual([]);
  expect(first?.split('\n')).toEqual([
    'settings.segments[].audioStartTime: upstream no longer says dependentRequired "audioEndTime"; ' +
      'the rule "settings.segments[].audioStartTime.dependentRequired" still does.',
    `  Remove the rule from packages/sdk/src/lipsync/rules/segments.ts, and its examples from ${examples}.`,
    `  Then remove from "segments.ts" in ${file}:`,
    `    { "rule": "settings.segments[].audioStartTime.dependentRequired", "value": "audioEndTime", "at": "${at}/audioStartTime" }`,
  ]);
  expect(second).toContain('settings.segments[].audioEndTime: upstream no longer says');
});

/** Only what the first line says. */
test.each<[string, (task: Editable, document: Editable) => void, string]>([
  [
    'a new mode',
    ({ properties }) =>
      properties.settings.properties.syncMode.oneOf.splice(1, 0, { const: 'loop' }),
    'settings.syncMode: upstream now says oneOf with const "loop"; ' +
      'the rule "settings.syncMode.oneOf" says oneOf without const "loop".',
  ],
  [
    'a mode by another name',
    ({ properties }) => properties.safety.properties.mode.oneOf.splice(0, 1, { const: 'off' }),
    'safety.mode: upstream now says oneOf with const "off" and without const "none"; ' +
      'the rule "safety.mode.oneOf" says oneOf with const "none" and without const "off".',
  ],
  [
    'a condition that asks for more',
    ({ allOf }) => allOf[1].then.required.push('ttl'),
    'the task: upstream now says if with then required "ttl"; ' +
      'the rule "tts-needs-speech" says if without then required "ttl".',
  ],
  [
    'the same parts in other branches',
    ({ allOf: [, , { oneOf }] }) => oneOf[1].required.push(oneOf[0].required.pop()),
    'the task: upstream now says oneOf of the same, put together in another way; ' +
      'the rule "one-audio-source" says oneOf of the same, put together in another way.',
  ],
  [
    'a property that must be there',
    ({ required }) => required.push('speech'),
    'speech: upstream now says required, and no rule implements it.',
  ],
  [
    'a property that may be anything',
    ({ properties }) => {
      properties.seed = { description: 'Anything.' };
    },
    'seed: upstream now says that any value is accepted, and no rule implements it.',
  ],
  [
    'a new rule about several properties',
    ({ allOf }) => allOf.push({ anyOf: [{ required: ['ttl'] }, { required: ['safety'] }] }),
    'the task: upstream now says anyOf of required "ttl", required "safety", and no rule implements it.',
  ],
  [
    'a limit for the list of tasks',
    (_, { components }) => {
      components.schemas.RequestBody.maxItems = 10;
    },
    'the list of tasks: upstream now says maxItems 10, and no rule implements it.',
  ],
  [
    'what has no rule, and changes',
    (_, { components }) => {
      components.schemas.RequestBody.type = ['array', 'object'];
    },
    'the list of tasks: upstream now says type ["array","object"]; ' +
      'what is listed under "withoutRule" says type "array".',
  ],
])('%s, in the first line', (_, change, line) => {
  expect(printed(change).split('\n')[0]).toBe(line);
});

test('the lines to add are all there is to do in the inventory', () => {
  const document = upstreamWith(({ properties, required, allOf }) => {
    properties.seed = { type: 'integer', enum: [1, 2], description: 'A "seed" */' };
    properties.outputQuality.maximum = 90;
    properties.settings.properties.syncMode.oneOf.splice(1, 1, { const: 'loop' }, { const: 'a' });
    delete properties.ttl;
    required.push('seed');
    allOf.shift();
  });
  const edited = structuredClone(inventory);
  for (const { file, add, remove } of compareRules(document, inventory)) {
    const name = file.split('/').at(-1) ?? '';
    const gone = remove.map((line) => JSON.stringify(JSON.parse(line)));
    const kept = (edited.rules[name] ?? []).filter((line) => !gone.includes(JSON.stringify(line)));
    edited.rules[name] = [...kept, ...add.map((line) => JSON.parse(line))];
  }
  expect(printGaps(compareRules(document, edited))).toBe('');
});

test('nothing to do is no text', () => {
  expect(printed(() => {})).toBe('');
});
