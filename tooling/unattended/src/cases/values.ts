import {
  type Part,
  properties,
  segment,
  settings,
  speaker,
} from '../../../spec/test/diff/document-parts.ts';
import { fromSegments, fromText, fromVoice, withValue } from '../places.ts';
import type { Case } from '../try-case.ts';

const voice = (path: string, value: unknown) => withValue(fromVoice, path.split('.'), value);
const text = (path: string, value: unknown) => withValue(fromText, path.split('.'), value);
const use = (params: object) => `job(${JSON.stringify(params)});`;

/** Bounds, choices, constants, defaults and prose that change. */
export const values: readonly Case[] = [
  {
    name: 'a wider and a narrower bound',
    change: (document) => {
      properties(document).outputQuality.maximum = 100;
      properties(document).ttl.minimum = 120;
      properties(document).numberResults.maximum = 4;
      properties(document).speech.properties.text.maxLength = 10_000;
      segment(document).properties.endTime.minimum = 0.01;
      delete segment(document).properties.endTime.exclusiveMinimum;
    },
    bump: 'major',
    says: ['outputQuality', 'ttl', 'numberResults', 'speech.text', 'endTime'],
    legal: [voice('outputQuality', 100), voice('ttl', 120), text('speech.text', 'x'.repeat(9000))],
    illegal: [
      voice('outputQuality', 101),
      voice('ttl', 119),
      voice('numberResults', 5),
      text('speech.text', 'x'.repeat(10_001)),
    ],
    files: {
      'docs/cli.md': [/--quality.*20 to 100/, /--number-results.*1 to 4/],
      'docs/parameters.md': ['10,000'],
    },
  },
  {
    name: 'new choices: loop of syncMode, GIF of outputFormat',
    change: (document) => {
      const loop = { const: 'loop', description: 'Audio repeats from the beginning when it ends.' };
      settings(document).syncMode.oneOf.push(loop);
      properties(document).outputFormat.enum.push('GIF');
    },
    bump: ['minor', 'major'],
    says: ['loop', 'GIF'],
    legal: [voice('settings.syncMode', 'loop'), voice('outputFormat', 'GIF')],
    illegal: [voice('settings.syncMode', 'loops')],
    compiles: [use(voice('settings.syncMode', 'loop')), use(voice('outputFormat', 'GIF'))],
    miscompiles: [use(voice('settings.syncMode', 'loops')), use(voice('outputFormat', 'gif'))],
    files: { 'docs/cli.md': [/--sync-mode[\s\S]{0,900}loop/], 'docs/parameters.md': ['loop'] },
  },
  {
    name: '#2 the model is sync:3@0',
    change: (document) => {
      properties(document).model.const = 'sync:3@0';
    },
    bump: 'major',
    says: ['sync:3@0'],
    legal: [fromVoice, fromText, fromSegments],
    onWire: { model: 'sync:3@0' },
    knowsPlannedItems: true,
  },
  {
    name: '#3 the model is an enum of old and new',
    change: (document) => {
      const { model } = properties(document);
      model.enum = [model.const, 'sync:3@0'];
      delete model.const;
    },
    bump: ['minor', 'major'],
    says: ['sync:3@0'],
    legal: [fromVoice],
    onWire: { model: 'sync:lipsync@3' },
    knowsPlannedItems: true,
  },
  {
    name: '#17 the default of syncMode is bounce',
    change: (document) => {
      settings(document).syncMode.default = 'bounce';
    },
    bump: 'major',
    says: ['bounce'],
    legal: [fromVoice],
    files: { 'docs/cli.md': [/--sync-mode.*bounce/], 'docs/parameters.md': ['bounce'] },
    filesNever: {
      'docs/cli.md': ['default: cut_off'],
      'packages/generated/src/types.gen.ts': ["@default 'cut_off'", 'Default: `cut_off`'],
    },
  },
  {
    name: '#18 constants of oneOf as an enum',
    change: (document) => {
      const { syncMode } = settings(document);
      syncMode.enum = syncMode.oneOf.map((one: Part) => one.const);
      delete syncMode.oneOf;
      delete syncMode.definitions;
    },
    bump: [null, 'patch'],
    neverSays: ['no longer'],
    legal: [voice('settings.syncMode', 'bounce')],
    illegal: [voice('settings.syncMode', 'loop')],
  },
  {
    name: 'a title and #23 a description',
    change: (document) => {
      properties(document).ttl.title = 'Time To Live';
      properties(document).settings.title = 'Inference Settings';
      settings(document).tts.title = 'Voice';
      properties(document).outputQuality.description = 'How good the picture is.';
    },
    bump: 'patch',
    neverSays: ['no longer'],
    legal: [fromVoice],
    files: { 'docs/parameters.md': ['How good the picture is.'] },
  },
  {
    name: '#11 a box may be null, as a list of types',
    change: (document) => {
      speaker(document).properties.boundingBoxes.items.type = ['array', 'null'];
    },
    bump: 'minor',
    says: ['boundingBoxes', 'null'],
    legal: [voice('settings.activeSpeakerDetection.boundingBoxes', [[0, 0, 1, 1], null])],
    illegal: [voice('settings.activeSpeakerDetection.boundingBoxes', [[0, 0, 1], null])],
    compiles: [use(voice('settings.activeSpeakerDetection.boundingBoxes', [[0, 0, 1, 1], null]))],
  },
  {
    name: '#11 a box may be null, as anyOf',
    change: (document) => {
      const boxes = speaker(document).properties.boundingBoxes;
      boxes.items = { anyOf: [boxes.items, { type: 'null' }] };
    },
    bump: 'minor',
    says: ['boundingBoxes', 'null'],
    legal: [voice('settings.activeSpeakerDetection.boundingBoxes', [[0, 0, 1, 1], null])],
    illegal: [voice('settings.activeSpeakerDetection.boundingBoxes', [[0, 0, 1], null])],
    compiles: [use(voice('settings.activeSpeakerDetection.boundingBoxes', [[0, 0, 1, 1], null]))],
  },
  {
    name: '#6 outputType gains base64Data and dataURI',
    change: (document) => {
      properties(document).outputType.enum.push('base64Data', 'dataURI');
    },
    bump: ['minor', 'major'],
    says: ['base64Data', 'dataURI'],
    legal: [voice('outputType', 'base64Data')],
    compiles: [use(voice('outputType', 'dataURI'))],
    leftForPeople: ['outputType', 'URL'],
  },
  {
    name: '#19 deliveryMethod gains sync',
    change: (document) => {
      properties(document).deliveryMethod.oneOf.push({ const: 'sync', description: 'Waits.' });
    },
    bump: ['minor', 'major'],
    says: ['sync'],
    legal: [fromVoice],
    leftForPeople: ['deliveryMethod'],
  },
  {
    name: '#20 two properties are deprecated',
    change: (document) => {
      properties(document).ttl.deprecated = true;
      settings(document).tts.properties.stability.deprecated = true;
    },
    bump: ['minor', 'patch'],
    says: ['ttl', 'stability'],
    legal: [voice('ttl', 60)],
    files: {
      'docs/parameters.md': [/`ttl`.*[Dd]eprecated/],
      'docs/cli.md': [/--ttl.*[Dd]eprecated/],
      'packages/generated/src/types.gen.ts': ['@deprecated'],
    },
  },
];
