import {
  condition,
  job,
  properties,
  rules,
  segment,
  settings,
  speaker,
} from '../document-parts.ts';
import type { Mutation } from './mutation.ts';

/** The same in another form, and forms that are seldom seen: what is accepted decides. */
export const rewrittenRequests: Mutation[] = [
  {
    name: 'a format that becomes one of two',
    change: (d) => {
      const v = properties(d).webhookURL;
      v.anyOf = [{ format: 'uri' }, { format: 'uri-reference' }];
      delete v.format;
    },
    bump: 'minor',
    packages: ['generated', 'sdk', 'mock-server'],
    told: [['Added', '`webhookURL` also takes text in the format `uri-reference`.']],
  },
  {
    name: 'two formats that become one',
    change: (d) => {
      const v = properties(d).inputs.properties.video;
      v.format = 'uri';
      delete v.anyOf;
    },
    bump: 'major',
    packages: ['generated', 'sdk', 'mock-server'],
    told: [
      [
        'Breaking',
        '`inputs.video` no longer takes text in the format `uuid`. Send text in the format `uri` instead.',
      ],
    ],
  },
  {
    name: 'a union that takes over the type, and one more member',
    change: (d) => {
      const v = properties(d).inputs.properties.video;
      delete v.type;
      v.anyOf = [
        { type: 'string', format: 'uuid' },
        { type: 'string', format: 'uri' },
        {
          type: 'object',
          title: 'Clip',
          properties: { url: { type: 'string' } },
          required: ['url'],
        },
      ];
    },
    bump: 'minor',
    packages: ['generated', 'sdk', 'mock-server'],
    told: [
      ['Added', 'The type `Clip` is new.'],
      ['Added', '`inputs.video` also takes `Clip`.'],
    ],
  },
  {
    name: 'a number that becomes a union',
    change: (d) => {
      const v = properties(d).ttl;
      delete v.type;
      delete v.minimum;
      v.anyOf = [{ type: 'integer', minimum: 60 }, { const: 'forever' }];
    },
    bump: 'minor',
    packages: ['generated', 'sdk', 'mock-server'],
    told: [['Added', '`ttl` also takes `forever`.']],
  },
  {
    name: 'a list that may be an object',
    change: (d) => {
      const v = settings(d).segments;
      v.oneOf = [{ type: 'array' }, { type: 'object', title: 'One' }];
      delete v.type;
    },
    bump: 'minor',
    packages: ['generated', 'sdk', 'mock-server'],
    told: [['Added', '`settings.segments` also takes `One`.']],
  },
  {
    name: 'a text that may be a list',
    change: (d) => {
      properties(d).webhookURL.type = ['string', 'array'];
      properties(d).webhookURL.items = { type: 'string' };
    },
    bump: 'minor',
    packages: ['generated', 'sdk', 'mock-server'],
    told: [['Added', '`webhookURL` also takes a list.']],
  },
  {
    name: 'a step that every whole number is a multiple of',
    change: (d) => {
      properties(d).ttl.multipleOf = 1;
    },
    bump: null,
    packages: [],
    told: [],
  },
  {
    name: 'a required field that is named in another place',
    change: (d) => {
      job(d).required = ['inputs', 'taskType', 'taskUUID'];
      rules(d).push({ required: ['model'] });
    },
    bump: null,
    packages: [],
    told: [],
  },
  {
    name: 'rules that stand one level deeper',
    change: (d) => {
      job(d).allOf = [{ allOf: rules(d) }];
    },
    bump: null,
    packages: [],
    told: [],
  },
  {
    name: 'a limit of a field beside its description',
    change: (d) => {
      rules(d).push({ properties: { ttl: { maximum: 1000 } } });
    },
    bump: 'major',
    packages: ['generated', 'sdk', 'mock-server'],
    told: [
      [
        'Breaking',
        'The `videoInference` task follows a new rule: a condition on `ttl`. For example, one with `ttl` and `speech` is refused now.',
      ],
    ],
  },
  {
    name: 'a need of a value',
    change: (d) => {
      settings(d).tts.dependentSchemas = {
        stability: { properties: { provider: { const: 'elevenlabs' } } },
      };
    },
    bump: 'major',
    packages: ['generated', 'sdk', 'mock-server'],
    told: [
      [
        'Breaking',
        '`settings.tts` follows a new rule: a condition on `stability` and `provider`. For example, one with `provider` and `stability` is refused now.',
      ],
    ],
  },
  {
    name: 'names that match a pattern',
    change: (d) => {
      settings(d).tts.patternProperties = { '^x-': { type: 'string' } };
    },
    bump: 'minor',
    packages: ['generated', 'sdk', 'mock-server'],
    told: [['Added', '`settings.tts` also takes properties whose names match `^x-`.']],
  },
  {
    name: 'a list with none of its old values',
    change: (d) => {
      properties(d).outputFormat.enum = ['AVI', 'MKV'];
      properties(d).outputFormat.default = 'AVI';
    },
    bump: 'major',
    packages: ['generated', 'sdk', 'mock-server'],
    told: [
      [
        'Breaking',
        '`outputFormat` is `AVI` now when it is left out (before: `MP4`). Give it where the old value matters.',
      ],
      [
        'Breaking',
        '`outputFormat` no longer takes `MOV`, `MP4` or `WEBM`. Send `AVI` or `MKV` instead.',
      ],
    ],
  },
  {
    name: 'two fields of one kind by other names',
    change: (d) => {
      const t = settings(d).tts.properties;
      t.steadiness = t.stability;
      t.similarity = t.similarityBoost;
      delete t.stability;
      delete t.similarityBoost;
    },
    bump: 'major',
    packages: ['generated', 'sdk', 'mock-server'],
    told: [
      [
        'Breaking',
        '`settings.tts.stability` is gone. Requests that have it are refused: leave it out.',
      ],
      [
        'Breaking',
        '`settings.tts.similarityBoost` is gone. Requests that have it are refused: leave it out.',
      ],
      ['Added', '`settings.tts.similarity` is new: a number, `0` or more, `1` or less.'],
      ['Added', '`settings.tts.steadiness` is new: a number, `0` or more, `1` or less.'],
    ],
  },
  {
    name: 'a required field by another name',
    change: (d) => {
      const s = segment(d);
      s.properties.from = s.properties.startTime;
      delete s.properties.startTime;
      s.required = ['from', 'endTime', 'audio'];
    },
    bump: 'major',
    packages: ['generated', 'sdk', 'mock-server'],
    told: [
      [
        'Breaking',
        '`settings.segments[].from` is new and required: a number, `0` or more, a multiple of `0.01`. Add it to every request.',
      ],
      [
        'Breaking',
        '`settings.segments[].startTime` is gone. Requests that have it are refused: leave it out. `from` is new and takes the same values.',
      ],
    ],
  },
  {
    name: 'elements that are described one by one',
    change: (d) => {
      const c = speaker(d).properties.coordinates;
      c.prefixItems = [{ type: 'number' }, { type: 'integer' }];
      delete c.items;
    },
    bump: 'major',
    packages: ['generated', 'sdk', 'mock-server'],
    told: [
      [
        'Breaking',
        '`settings.activeSpeakerDetection.coordinates` has to follow what `prefixItems` says now: `[{"type":"number"},{"type":"integer"}]`.',
      ],
      [
        'Added',
        '`settings.activeSpeakerDetection.coordinates` need not follow what `items` says any more.',
      ],
    ],
  },
  {
    name: 'a condition for what is missing',
    change: (d) => {
      rules(d).push({ if: { required: ['ttl'] }, else: { required: ['outputType'] } });
    },
    bump: 'major',
    packages: ['generated', 'sdk', 'mock-server'],
    told: [
      [
        'Breaking',
        'The `videoInference` task follows a new rule: without `ttl`, `outputType` must be given. For example, one with `speech` is refused now.',
      ],
    ],
  },
  {
    name: 'a condition that also asks for something else',
    change: (d) => {
      rules(d)[1].else = { required: ['ttl'] };
    },
    bump: 'major',
    packages: ['generated', 'sdk', 'mock-server'],
    told: [
      [
        'Breaking',
        'The `videoInference` task follows another rule: `settings.tts` needs `speech`, and without `settings.tts`, `ttl` must be given (before: `settings.tts` needs `speech`). For example, one with `speech` is refused now.',
      ],
    ],
  },
  {
    name: 'values that are excluded',
    change: (d) => {
      properties(d).numberResults.not = { enum: [13] };
    },
    bump: 'major',
    packages: ['generated', 'sdk', 'mock-server'],
    told: [
      [
        'Breaking',
        '`numberResults` follows a new rule: not `13`. Requests that break it are refused.',
      ],
    ],
  },
  {
    name: 'a condition on one value',
    change: (d) => {
      const rule = condition({ const: 'auto' }, { maxLength: 4 });
      Object.assign(properties(d).speech.properties.voice, rule);
    },
    bump: 'major',
    packages: ['generated', 'sdk', 'mock-server'],
    told: [
      [
        'Breaking',
        '`speech.voice` follows a new rule: `{"if":{"const":"auto"},"then":{"maxLength":4}}`. Requests that break it are refused.',
      ],
    ],
  },
  {
    name: 'a field that takes no value',
    change: (d) => {
      properties(d).ttl = false;
    },
    bump: 'major',
    packages: ['generated', 'sdk', 'mock-server'],
    told: [['Breaking', '`ttl` is gone. Requests that have it are refused: leave it out.']],
  },
  {
    name: 'a member of a union that takes nothing',
    change: (d) => {
      properties(d).inputs.properties.video.anyOf.push(false);
    },
    bump: null,
    packages: [],
    told: [],
  },
  {
    name: 'a member of a union that takes everything',
    change: (d) => {
      properties(d).inputs.properties.video.anyOf.push(true);
    },
    bump: 'minor',
    packages: ['generated', 'sdk', 'mock-server'],
    told: [
      [
        'Added',
        '`inputs.video` need not be text in the format `uuid` or text in the format `uri` any more.',
      ],
    ],
  },
  {
    name: 'a rule that nothing fits',
    change: (d) => {
      properties(d).ttl.allOf = [false];
    },
    bump: 'major',
    packages: ['generated', 'sdk', 'mock-server'],
    told: [
      [
        'Breaking',
        '`ttl` follows a new rule: no value at all. Requests that break it are refused.',
      ],
    ],
  },
  {
    name: 'a field whose schema stands elsewhere and asks for more',
    change: (d) => {
      d.components.schemas.TTL = { ...properties(d).ttl, minimum: 100 };
      properties(d).ttl = { $ref: '#/components/schemas/TTL' };
    },
    bump: 'major',
    packages: ['generated', 'sdk', 'mock-server'],
    told: [
      [
        'Breaking',
        '`ttl` has to be `100` or more now (before: `60` or more). Requests with anything else are refused.',
      ],
    ],
  },
  {
    name: 'a default beside a reference',
    change: (d) => {
      d.components.schemas.TTL = properties(d).ttl;
      properties(d).ttl = { $ref: '#/components/schemas/TTL', default: 60 };
    },
    bump: 'minor',
    packages: ['generated', 'sdk', 'mock-server'],
    told: [['Added', '`ttl` is `60` when it is left out.']],
  },
  {
    name: 'a limit beside a new reference',
    change: (d) => {
      d.components.schemas.TTL = properties(d).ttl;
      properties(d).ttl = { $ref: '#/components/schemas/TTL', maximum: 600 };
    },
    bump: 'major',
    packages: ['generated', 'sdk', 'mock-server'],
    told: [
      ['Breaking', '`ttl` has to be `600` or less now. Requests with anything else are refused.'],
    ],
  },
  {
    name: 'a default that is an object',
    change: (d) => {
      properties(d).safety.default = { mode: 'none' };
    },
    bump: 'minor',
    packages: ['generated', 'sdk', 'mock-server'],
    told: [['Added', '`safety` is `{"mode":"none"}` when it is left out.']],
  },
  {
    name: 'a default that is an object, and a description',
    change: (d) => {
      properties(d).safety.default = { mode: 'fast' };
      properties(d).ttl.description = 'x';
    },
    bump: 'minor',
    packages: ['generated', 'sdk', 'mock-server'],
    told: [
      ['Added', '`safety` is `{"mode":"fast"}` when it is left out.'],
      ['Fixed', '`ttl` is described anew: `x`.'],
    ],
  },
  {
    name: 'a field that takes no value, and a description',
    change: (d) => {
      properties(d).ttl = false;
      properties(d).speech.description = 'x';
    },
    bump: 'major',
    packages: ['generated', 'sdk', 'mock-server'],
    told: [
      ['Breaking', '`ttl` is gone. Requests that have it are refused: leave it out.'],
      ['Fixed', '`speech` is described anew: `x`.'],
    ],
  },
];
