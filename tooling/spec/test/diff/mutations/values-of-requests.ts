import { properties, segment, settings, speaker } from '../document-parts.ts';
import type { Mutation } from './mutation.ts';

/** What the fields of a request take. */
export const valuesOfRequests: Mutation[] = [
  {
    name: 'a renamed model identifier',
    change: (d) => {
      properties(d).model.const = 'sync:lipsync@4';
    },
    bump: 'major',
    packages: ['generated', 'sdk', 'mock-server'],
    told: [
      [
        'Breaking',
        '`model` is `sync:lipsync@4` now (before: `sync:lipsync@3`). Send the new value; the old one is refused.',
      ],
    ],
  },
  {
    name: 'a second model identifier',
    change: (d) => {
      delete properties(d).model.const;
      properties(d).model.enum = ['sync:lipsync@3', 'sync:3@0'];
    },
    bump: 'minor',
    packages: ['generated', 'sdk', 'mock-server'],
    told: [['Added', '`model` also takes `sync:3@0`.']],
  },
  {
    name: 'a model identifier that is no longer fixed',
    change: (d) => {
      delete properties(d).model.const;
    },
    bump: 'minor',
    packages: ['generated', 'sdk', 'mock-server'],
    told: [['Added', '`model` also takes other values than `sync:lipsync@3`.']],
  },
  {
    name: 'a lower maximum',
    change: (d) => {
      properties(d).outputQuality.maximum = 90;
    },
    bump: 'major',
    packages: ['generated', 'sdk', 'mock-server'],
    told: [
      [
        'Breaking',
        '`outputQuality` has to be `90` or less now (before: `99` or less). Requests with anything else are refused.',
      ],
    ],
  },
  {
    name: 'a higher maximum',
    change: (d) => {
      properties(d).outputQuality.maximum = 100;
    },
    bump: 'minor',
    packages: ['generated', 'sdk', 'mock-server'],
    told: [['Added', '`outputQuality` can be `100` or less now (before: `99` or less).']],
  },
  {
    name: 'a maximum that goes',
    change: (d) => {
      delete properties(d).outputQuality.maximum;
    },
    bump: 'minor',
    packages: ['generated', 'sdk', 'mock-server'],
    told: [['Added', '`outputQuality` need not be `99` or less any more.']],
  },
  {
    name: 'a maximum that comes',
    change: (d) => {
      properties(d).ttl.maximum = 3600;
    },
    bump: 'major',
    packages: ['generated', 'sdk', 'mock-server'],
    told: [
      ['Breaking', '`ttl` has to be `3600` or less now. Requests with anything else are refused.'],
    ],
  },
  {
    name: 'a lower minimum',
    change: (d) => {
      properties(d).ttl.minimum = 30;
    },
    bump: 'minor',
    packages: ['generated', 'sdk', 'mock-server'],
    told: [['Added', '`ttl` can be `30` or more now (before: `60` or more).']],
  },
  {
    name: 'a higher minimum',
    change: (d) => {
      properties(d).numberResults.minimum = 2;
    },
    bump: 'major',
    packages: ['generated', 'sdk', 'mock-server'],
    told: [
      [
        'Breaking',
        '`numberResults` has to be `2` or more now (before: `1` or more). Requests with anything else are refused.',
      ],
    ],
  },
  {
    name: 'a bound that is included now',
    change: (d) => {
      delete segment(d).properties.endTime.exclusiveMinimum;
      segment(d).properties.endTime.minimum = 0;
    },
    bump: 'minor',
    packages: ['generated', 'sdk', 'mock-server'],
    told: [
      ['Added', '`settings.segments[].endTime` can be `0` or more now (before: more than `0`).'],
    ],
  },
  {
    name: 'a bound that is excluded now',
    change: (d) => {
      delete segment(d).properties.startTime.minimum;
      segment(d).properties.startTime.exclusiveMinimum = 0;
    },
    bump: 'major',
    packages: ['generated', 'sdk', 'mock-server'],
    told: [
      [
        'Breaking',
        '`settings.segments[].startTime` has to be more than `0` now (before: `0` or more). Requests with anything else are refused.',
      ],
    ],
  },
  {
    name: 'the same bound of a whole number in another form',
    change: (d) => {
      delete properties(d).ttl.minimum;
      properties(d).ttl.exclusiveMinimum = 59;
    },
    bump: 'patch',
    packages: ['generated'],
    told: [
      [
        'Fixed',
        '`ttl` is said to be more than `59` now (before: `60` or more). The same values are taken.',
      ],
    ],
  },
  {
    name: 'a coarser step',
    change: (d) => {
      segment(d).properties.endTime.multipleOf = 0.1;
    },
    bump: 'major',
    packages: ['generated', 'sdk', 'mock-server'],
    told: [
      [
        'Breaking',
        '`settings.segments[].endTime` has to be a multiple of `0.1` now (before: a multiple of `0.01`). Requests with anything else are refused.',
      ],
    ],
  },
  {
    name: 'a finer step',
    change: (d) => {
      segment(d).properties.endTime.multipleOf = 0.001;
    },
    bump: 'minor',
    packages: ['generated', 'sdk', 'mock-server'],
    told: [
      [
        'Added',
        '`settings.segments[].endTime` can be a multiple of `0.001` now (before: a multiple of `0.01`).',
      ],
    ],
  },
  {
    name: 'longer text',
    change: (d) => {
      properties(d).speech.properties.text.maxLength = 10000;
    },
    bump: 'minor',
    packages: ['generated', 'sdk', 'mock-server'],
    told: [
      [
        'Added',
        '`speech.text` can be text of at most `10000` characters now (before: text of at most `5000` characters).',
      ],
    ],
  },
  {
    name: 'a least length that comes',
    change: (d) => {
      properties(d).speech.properties.voice.minLength = 3;
    },
    bump: 'major',
    packages: ['generated', 'sdk', 'mock-server'],
    told: [
      [
        'Breaking',
        '`speech.voice` has to be text of at least `3` characters now. Requests with anything else are refused.',
      ],
    ],
  },
  {
    name: 'a limit on the length of a list',
    change: (d) => {
      settings(d).segments.maxItems = 50;
    },
    bump: 'major',
    packages: ['generated', 'sdk', 'mock-server'],
    told: [
      [
        'Breaking',
        '`settings.segments` has to be a list of at most `50` elements now. Requests with anything else are refused.',
      ],
    ],
  },
  {
    name: 'a list without repetitions',
    change: (d) => {
      settings(d).segments.uniqueItems = true;
    },
    bump: 'major',
    packages: ['generated', 'sdk', 'mock-server'],
    told: [
      [
        'Breaking',
        '`settings.segments` has to be a list without repetitions now. Requests with anything else are refused.',
      ],
    ],
  },
  {
    name: 'a limit that says nothing',
    change: (d) => {
      settings(d).segments.uniqueItems = false;
      properties(d).speech.properties.voice.minLength = 0;
    },
    bump: null,
    packages: [],
    told: [],
  },
  {
    name: 'elements of another kind',
    change: (d) => {
      speaker(d).properties.boundingBoxes.items.items = { type: 'integer' };
    },
    bump: 'major',
    packages: ['generated', 'sdk', 'mock-server'],
    told: [
      [
        'Breaking',
        '`settings.activeSpeakerDetection.boundingBoxes[][]` has to be a whole number now (before: a number). Requests with anything else are refused.',
      ],
    ],
  },
  {
    name: 'a pattern that comes',
    change: (d) => {
      properties(d).webhookURL.pattern = '^https:';
    },
    bump: 'major',
    packages: ['generated', 'sdk', 'mock-server'],
    told: [
      [
        'Breaking',
        '`webhookURL` has to be text that matches `^https:` now. Requests with anything else are refused.',
      ],
    ],
  },
  {
    name: 'a format that goes',
    change: (d) => {
      delete properties(d).webhookURL.format;
    },
    bump: 'minor',
    packages: ['generated', 'sdk', 'mock-server'],
    told: [['Added', '`webhookURL` need not be text in the format `uri` any more.']],
  },
  {
    name: 'another format',
    change: (d) => {
      properties(d).taskUUID.format = 'ulid';
    },
    bump: 'major',
    packages: ['generated', 'sdk', 'mock-server'],
    told: [
      [
        'Breaking',
        '`taskUUID` has to be text in the format `ulid` now (before: text in the format `uuid`). Requests with anything else are refused.',
      ],
    ],
  },
  {
    name: 'one of two formats that goes',
    change: (d) => {
      properties(d).inputs.properties.audio.anyOf.pop();
    },
    bump: 'major',
    packages: ['generated', 'sdk', 'mock-server'],
    told: [
      [
        'Breaking',
        '`inputs.audio` no longer takes text in the format `uri`. Send text in the format `uuid` instead.',
      ],
    ],
  },
  {
    name: 'a third form of a reference',
    change: (d) => {
      properties(d).inputs.properties.audio.anyOf.push({ pattern: '^data:' });
    },
    bump: 'minor',
    packages: ['generated', 'sdk', 'mock-server'],
    told: [['Added', '`inputs.audio` also takes text that matches `^data:`.']],
  },
  {
    name: 'a reference that can be any text',
    change: (d) => {
      delete properties(d).inputs.properties.audio.anyOf[1].format;
    },
    bump: 'minor',
    packages: ['generated', 'sdk', 'mock-server'],
    told: [
      [
        'Added',
        '`inputs.audio` need not be text in the format `uuid` or text in the format `uri` any more.',
      ],
    ],
  },
  {
    name: 'an object of another kind',
    change: (d) => {
      properties(d).safety.type = 'string';
    },
    bump: 'major',
    packages: ['generated', 'sdk', 'mock-server'],
    told: [
      [
        'Breaking',
        '`safety` has to be a string now (before: `Safety Settings`). Requests with anything else are refused.',
      ],
    ],
  },
  {
    name: 'a value that comes in a list',
    change: (d) => {
      properties(d).outputFormat.enum.push('GIF');
    },
    bump: 'minor',
    packages: ['generated', 'sdk', 'mock-server'],
    told: [['Added', '`outputFormat` also takes `GIF`.']],
  },
  {
    name: 'a value that goes from a list',
    change: (d) => {
      properties(d).outputFormat.enum.pop();
    },
    bump: 'major',
    packages: ['generated', 'sdk', 'mock-server'],
    told: [['Breaking', '`outputFormat` no longer takes `MOV`. Send `MP4` or `WEBM` instead.']],
  },
  {
    name: 'a value of a list that is another',
    change: (d) => {
      properties(d).outputFormat.enum[2] = 'AVI';
    },
    bump: 'major',
    packages: ['generated', 'sdk', 'mock-server'],
    told: [
      [
        'Breaking',
        '`outputFormat` no longer takes `MOV`. Send `AVI`, `MP4` or `WEBM` instead. It also takes `AVI`.',
      ],
    ],
  },
  {
    name: 'a value that comes in a union',
    change: (d) => {
      settings(d).syncMode.oneOf.push({ const: 'loop', description: 'Repeats.' });
    },
    bump: 'minor',
    packages: ['generated', 'sdk', 'mock-server'],
    told: [['Added', '`settings.syncMode` also takes `loop`.']],
  },
  {
    name: 'a value that goes from a union',
    change: (d) => {
      settings(d).syncMode.oneOf.pop();
    },
    bump: 'major',
    packages: ['generated', 'sdk', 'mock-server'],
    told: [
      [
        'Breaking',
        '`settings.syncMode` no longer takes `remap`. Send `bounce`, `cut_off` or `silence` instead.',
      ],
    ],
  },
  {
    name: 'a union of values that goes',
    change: (d) => {
      delete settings(d).syncMode.oneOf;
    },
    bump: 'minor',
    packages: ['generated', 'sdk', 'mock-server'],
    told: [
      [
        'Added',
        '`settings.syncMode` need not be `bounce`, `cut_off`, `silence` or `remap` any more.',
      ],
    ],
  },
  {
    name: 'a list that is written as a union',
    change: (d) => {
      const { outputFormat } = properties(d);
      outputFormat.oneOf = outputFormat.enum.map((value: string) => ({ const: value }));
      delete outputFormat.enum;
    },
    bump: null,
    packages: [],
    told: [],
  },
  {
    name: 'a list of values where there was none',
    change: (d) => {
      settings(d).tts.properties.provider.enum = ['elevenlabs'];
    },
    bump: 'major',
    packages: ['generated', 'sdk', 'mock-server'],
    told: [
      [
        'Breaking',
        '`settings.tts.provider` has to be `elevenlabs` now. Requests with anything else are refused.',
      ],
    ],
  },
  {
    name: 'a wider type',
    change: (d) => {
      properties(d).numberResults.type = 'number';
    },
    bump: 'minor',
    packages: ['generated', 'sdk', 'mock-server'],
    told: [['Added', '`numberResults` can be a number now (before: a whole number).']],
  },
  {
    name: 'a type that allows null',
    change: (d) => {
      properties(d).safety.type = ['object', 'null'];
    },
    bump: 'minor',
    packages: ['generated', 'sdk', 'mock-server'],
    told: [['Added', '`safety` can be `null` or an object now (before: an object).']],
  },
  {
    name: 'another type',
    change: (d) => {
      properties(d).includeCost.type = 'string';
    },
    bump: 'major',
    packages: ['generated', 'sdk', 'mock-server'],
    told: [
      [
        'Breaking',
        '`includeCost` has to be a string now (before: `true` or `false`). Requests with anything else are refused.',
      ],
    ],
  },
  {
    name: 'a field of another kind altogether',
    change: (d) => {
      properties(d).outputQuality = {
        type: 'string',
        enum: ['low', 'high'],
        title: 'Output Quality',
      };
    },
    bump: 'major',
    packages: ['generated', 'sdk', 'mock-server'],
    told: [
      [
        'Breaking',
        '`outputQuality` has to be `high` or `low` now (before: a whole number, `20` or more, `99` or less). Requests with anything else are refused.',
      ],
      ['Fixed', '`outputQuality` is no longer described.'],
    ],
  },
  {
    name: 'another default',
    change: (d) => {
      properties(d).outputQuality.default = 80;
    },
    bump: 'major',
    packages: ['generated', 'sdk', 'mock-server'],
    told: [
      [
        'Breaking',
        '`outputQuality` is `80` now when it is left out (before: `95`). Give it where the old value matters.',
      ],
    ],
  },
  {
    name: 'a default that comes',
    change: (d) => {
      settings(d).tts.properties.stability.default = 0.5;
    },
    bump: 'minor',
    packages: ['generated', 'sdk', 'mock-server'],
    told: [['Added', '`settings.tts.stability` is `0.5` when it is left out.']],
  },
  {
    name: 'a default that goes',
    change: (d) => {
      delete properties(d).outputFormat.default;
    },
    bump: 'major',
    packages: ['generated', 'sdk', 'mock-server'],
    told: [
      [
        'Breaking',
        '`outputFormat` no longer says what it is when it is left out (before: `MP4`). Give it where that matters.',
      ],
    ],
  },
  {
    name: 'a field that is only read',
    change: (d) => {
      properties(d).ttl.readOnly = true;
    },
    bump: 'major',
    packages: ['generated', 'sdk', 'mock-server'],
    told: [['Breaking', '`ttl` is only read now. Leave it out of requests.']],
  },
  {
    name: 'a keyword that nobody here knows',
    change: (d) => {
      settings(d).segments.contains = { required: ['audioStartTime'] };
    },
    bump: 'major',
    packages: ['generated', 'sdk', 'mock-server'],
    told: [
      [
        'Breaking',
        '`settings.segments` has to follow what `contains` says now: `{"required":["audioStartTime"]}`.',
      ],
    ],
  },
];
