import {
  authentication,
  condition,
  job,
  properties,
  rules,
  segment,
  settings,
} from '../document-parts.ts';
import type { Mutation } from './mutation.ts';

/** Which fields a request has, and which rules tie them together. */
export const shapeOfRequests: Mutation[] = [
  {
    name: 'a new optional field',
    change: (d) => {
      properties(d).seed = { type: 'integer', minimum: 0, default: 0 };
    },
    bump: 'minor',
    packages: ['generated', 'sdk', 'mock-server'],
    told: [['Added', '`seed` is new: a whole number, `0` or more (`0` when it is left out).']],
  },
  {
    name: 'a new required field',
    change: (d) => {
      properties(d).seed = { type: 'integer' };
      job(d).required.push('seed');
    },
    bump: 'major',
    packages: ['generated', 'sdk', 'mock-server'],
    told: [['Breaking', '`seed` is new and required: a whole number. Add it to every request.']],
  },
  {
    name: 'a new required field in an object',
    change: (d) => {
      properties(d).inputs.properties.image = { type: 'string', format: 'uri' };
      properties(d).inputs.required.push('image');
    },
    bump: 'major',
    packages: ['generated', 'sdk', 'mock-server'],
    told: [
      [
        'Breaking',
        '`inputs.image` is new and required: text in the format `uri`. Add it to every request.',
      ],
    ],
  },
  {
    name: 'a field that goes',
    change: (d) => {
      delete properties(d).ttl;
    },
    bump: 'major',
    packages: ['generated', 'sdk', 'mock-server'],
    told: [['Breaking', '`ttl` is gone. Requests that have it are refused: leave it out.']],
  },
  {
    name: 'a field by another name',
    change: (d) => {
      properties(d).timeToLive = properties(d).ttl;
      delete properties(d).ttl;
    },
    bump: 'major',
    packages: ['generated', 'sdk', 'mock-server'],
    told: [
      [
        'Breaking',
        '`ttl` is gone. Requests that have it are refused: leave it out. `timeToLive` is new and takes the same values.',
      ],
      ['Added', '`timeToLive` is new: a whole number, `60` or more.'],
    ],
  },
  {
    name: 'a field that goes while another comes',
    change: (d) => {
      delete properties(d).ttl;
      properties(d).region = { enum: ['eu', 'us'] };
    },
    bump: 'major',
    packages: ['generated', 'sdk', 'mock-server'],
    told: [
      ['Breaking', '`ttl` is gone. Requests that have it are refused: leave it out.'],
      ['Added', '`region` is new: `eu` or `us`.'],
    ],
  },
  {
    name: 'a field that is required',
    change: (d) => {
      settings(d).tts.required = ['provider'];
    },
    bump: 'major',
    packages: ['generated', 'sdk', 'mock-server'],
    told: [
      [
        'Breaking',
        '`settings.tts`: `provider` is required now. Add what is missing to every request.',
      ],
    ],
  },
  {
    name: 'a field that is optional',
    change: (d) => {
      properties(d).speech.required = ['text'];
    },
    bump: 'minor',
    packages: ['generated', 'sdk', 'mock-server'],
    told: [['Added', '`speech`: `voice` is optional now.']],
  },
  {
    name: 'a field of another task that is required',
    change: (d) => {
      authentication(d).required.push('connectionSessionUUID');
    },
    bump: 'major',
    packages: ['generated', 'mock-server'],
    told: [
      [
        'Breaking',
        'The `authentication` task: `connectionSessionUUID` is required now. Add what is missing to every request.',
      ],
    ],
  },
  {
    name: 'a new field of another task',
    change: (d) => {
      authentication(d).properties.region = { type: 'string' };
    },
    bump: 'minor',
    packages: ['generated', 'mock-server'],
    told: [['Added', '`region` of the `authentication` task is new: a string.']],
  },
  {
    name: 'an object that is open',
    change: (d) => {
      delete properties(d).inputs.additionalProperties;
    },
    bump: 'minor',
    packages: ['generated', 'sdk', 'mock-server'],
    told: [['Added', '`inputs` takes further properties.']],
  },
  {
    name: 'a field that is deprecated',
    change: (d) => {
      properties(d).ttl.deprecated = true;
    },
    bump: 'minor',
    packages: ['generated', 'sdk', 'mock-server'],
    told: [['Added', '`ttl` is deprecated. Plan to do without it.']],
  },
  {
    name: 'a list of tasks with a limit',
    change: (d) => {
      d.components.schemas.RequestBody.maxItems = 10;
    },
    bump: 'major',
    packages: ['generated', 'mock-server'],
    told: [
      [
        'Breaking',
        'A request has to be a list of at most `10` elements now. Requests with anything else are refused.',
      ],
    ],
  },
  {
    name: 'a need of another field that comes',
    change: (d) => {
      segment(d).dependentRequired.startTime = ['audioStartTime'];
    },
    bump: 'major',
    packages: ['generated', 'sdk', 'mock-server'],
    told: [
      [
        'Breaking',
        '`settings.segments[]` follows another rule: `audioStartTime` needs `audioEndTime`, `audioEndTime` needs `audioStartTime` and `startTime` needs `audioStartTime` (before: `audioStartTime` needs `audioEndTime` and `audioEndTime` needs `audioStartTime`). For example, one with `startTime` is refused now.',
      ],
    ],
  },
  {
    name: 'needs of other fields that go',
    change: (d) => {
      delete segment(d).dependentRequired;
    },
    bump: 'minor',
    packages: ['generated', 'sdk', 'mock-server'],
    told: [
      [
        'Added',
        '`settings.segments[]` no longer follows the rule: `audioStartTime` needs `audioEndTime` and `audioEndTime` needs `audioStartTime`. For example, one with `audioEndTime` is accepted now.',
      ],
    ],
  },
  {
    name: 'a condition that goes',
    change: (d) => {
      rules(d).splice(1, 1);
    },
    bump: 'minor',
    packages: ['generated', 'sdk', 'mock-server'],
    told: [
      [
        'Added',
        'The `videoInference` task no longer follows the rule: `settings.tts` needs `speech`. For example, one with `settings.tts` and `settings.segments` is accepted now.',
      ],
    ],
  },
  {
    name: 'a condition that asks for more',
    change: (d) => {
      rules(d)[1].then.required.push('ttl');
    },
    bump: 'major',
    packages: ['generated', 'sdk', 'mock-server'],
    told: [
      [
        'Breaking',
        'The `videoInference` task follows another rule: `settings.tts` needs `speech` together with `ttl` (before: `settings.tts` needs `speech`). For example, one with `speech` and `settings.tts` is refused now.',
      ],
    ],
  },
  {
    name: 'a condition that comes',
    change: (d) => {
      rules(d).push(condition({ required: ['ttl'] }, { required: ['outputType'] }));
    },
    bump: 'major',
    packages: ['generated', 'sdk', 'mock-server'],
    told: [
      [
        'Breaking',
        'The `videoInference` task follows a new rule: `ttl` needs `outputType`. For example, one with `ttl` and `speech` is refused now.',
      ],
    ],
  },
  {
    name: 'a condition on a value',
    change: (d) => {
      rules(d).push(
        condition(
          { properties: { outputFormat: { const: 'MOV' } }, required: ['outputFormat'] },
          { properties: { outputQuality: { maximum: 80 } } },
        ),
      );
    },
    bump: 'major',
    packages: ['generated', 'sdk', 'mock-server'],
    told: [
      [
        'Breaking',
        'The `videoInference` task follows a new rule: a condition on `outputFormat` and `outputQuality`. For example, one with `speech`, `outputFormat` and `outputQuality` is refused now.',
      ],
    ],
  },
  {
    name: 'an exclusion that goes',
    change: (d) => {
      rules(d).splice(0, 1);
    },
    bump: 'minor',
    packages: ['generated', 'sdk', 'mock-server'],
    told: [
      [
        'Added',
        'The `videoInference` task no longer follows the rule: not `settings.activeSpeakerDetection.boundingBoxes` together with `settings.activeSpeakerDetection.coordinates`. For example, one with `speech`, `settings.activeSpeakerDetection.coordinates` and `settings.activeSpeakerDetection.boundingBoxes` is accepted now.',
      ],
    ],
  },
  {
    name: 'an exclusion that excludes more',
    change: (d) => {
      rules(d)[0].not.allOf.pop();
    },
    bump: 'major',
    packages: ['generated', 'sdk', 'mock-server'],
    told: [
      [
        'Breaking',
        'The `videoInference` task follows another rule: no `settings.activeSpeakerDetection.boundingBoxes` (before: not `settings.activeSpeakerDetection.boundingBoxes` together with `settings.activeSpeakerDetection.coordinates`). For example, one with `speech` and `settings.activeSpeakerDetection.boundingBoxes` is refused now.',
      ],
    ],
  },
  {
    name: 'an exclusion that comes',
    change: (d) => {
      segment(d).not = { required: ['audioStartTime'] };
    },
    bump: 'major',
    packages: ['generated', 'sdk', 'mock-server'],
    told: [
      [
        'Breaking',
        '`settings.segments[]` follows a new rule: no `audioStartTime`. For example, one with `audioEndTime` and `audioStartTime` is refused now.',
      ],
    ],
  },
  {
    name: 'one more choice, by a new field',
    change: (d) => {
      properties(d).script = { type: 'string' };
      rules(d)[2].oneOf.push({ required: ['script'] });
    },
    bump: 'minor',
    packages: ['generated', 'sdk', 'mock-server'],
    told: [
      [
        'Added',
        'The `videoInference` task follows another rule: exactly one of `inputs.audio`, `speech`, `settings.segments` and `script` (before: exactly one of `inputs.audio`, `speech` and `settings.segments`). For example, one with `script` is accepted now.',
      ],
      ['Added', '`script` is new: a string.'],
    ],
  },
  {
    name: 'one more choice, by a known field',
    change: (d) => {
      rules(d)[2].oneOf.push({ required: ['ttl'] });
    },
    bump: 'major',
    packages: ['generated', 'sdk', 'mock-server'],
    told: [
      [
        'Breaking',
        'The `videoInference` task follows another rule: exactly one of `inputs.audio`, `speech`, `settings.segments` and `ttl` (before: exactly one of `inputs.audio`, `speech` and `settings.segments`). For example, one with `ttl` and `speech` is refused now.',
      ],
    ],
  },
  {
    name: 'one choice less',
    change: (d) => {
      rules(d)[2].oneOf.pop();
    },
    bump: 'major',
    packages: ['generated', 'sdk', 'mock-server'],
    told: [
      [
        'Breaking',
        'The `videoInference` task follows another rule: exactly one of `inputs.audio` and `speech` (before: exactly one of `inputs.audio`, `speech` and `settings.segments`). For example, one with `settings.segments` is refused now.',
      ],
    ],
  },
  {
    name: 'a choice that is no longer exclusive',
    change: (d) => {
      rules(d)[2] = { anyOf: rules(d)[2].oneOf };
    },
    bump: 'minor',
    packages: ['generated', 'sdk', 'mock-server'],
    told: [
      [
        'Added',
        'The `videoInference` task follows another rule: at least one of `inputs.audio`, `speech` and `settings.segments` (before: exactly one of `inputs.audio`, `speech` and `settings.segments`). For example, one with `speech` and `inputs.audio` is accepted now.',
      ],
    ],
  },
  {
    name: 'a rule in another place',
    change: (d) => {
      job(d).oneOf = rules(d)[2].oneOf;
      rules(d).pop();
    },
    bump: null,
    packages: [],
    told: [],
  },
];
