import { error, operation, properties, settings } from '../../../spec/test/diff/document-parts.ts';
import { fromVoice, withValue } from '../places.ts';
import { objectKind, scalarKinds } from '../property-kinds.ts';
import type { Case, NewProperty } from '../try-case.ts';
import { combined } from './combined.ts';
import { values } from './values.ts';

const [number] = scalarKinds;
const errorAnswer = (description: string) => ({
  description,
  content: { 'application/json': { schema: { $ref: '#/components/schemas/ErrorResponse' } } },
});

const ofSettings = (name: string, legal: unknown[], illegal: unknown[], wrongType: unknown) =>
  ({
    path: ['settings', name],
    job: fromVoice,
    legal,
    illegal,
    wrongType,
    isScalar: true,
  }) satisfies NewProperty;

const expressive: Case = {
  name: '#4 settings gain mode, temperature and occlusionDetection',
  change: (document) => {
    Object.assign(settings(document), {
      mode: {
        title: 'Mode',
        description: 'How much of the face moves.',
        type: 'string',
        default: 'lips',
        oneOf: [
          { const: 'lips', description: 'The lips only.' },
          { const: 'face', description: 'The whole face.' },
        ],
      },
      temperature: {
        title: 'Temperature',
        description: 'How lively the face is.',
        type: 'number',
        minimum: 0,
        maximum: 1,
        multipleOf: 0.01,
        default: 0.5,
      },
      occlusionDetection: { title: 'Occlusion Detection', type: 'boolean', default: false },
    });
  },
  bump: 'minor',
  says: ['settings.mode', 'settings.temperature', 'settings.occlusionDetection'],
  properties: [
    ofSettings('mode', ['face', 'lips'], ['hands'], 'hands'),
    ofSettings('temperature', [0.29, 0, 1], [1.01, 0.005], 'hot'),
    ofSettings('occlusionDetection', [true], ['true'], 'yes'),
  ],
};

const named = (name: string) => values.find((one) => one.name.startsWith(name)) as Case;
const together = [
  named('#2 '),
  expressive,
  named('new choices'),
  named('#11 a box may be null, as a list'),
];

/** What stands around the request, and new things deep in it. */
export const around: readonly Case[] = [
  expressive,
  {
    name: '#21 seed at the root, and providerSettings',
    change: (document) => {
      const integer = { type: 'integer', minimum: 0 };
      properties(document).seed = { ...integer, description: 'Repeats a result.' };
      properties(document).providerSettings = {
        type: 'object',
        properties: {
          sync: {
            type: 'object',
            properties: {
              editRegion: { type: 'string', enum: ['lips', 'face'] },
              emotionPrompt: { type: 'string', minLength: 1 },
            },
            additionalProperties: false,
          },
        },
        additionalProperties: false,
      };
    },
    bump: 'minor',
    says: ['seed', 'providerSettings.sync.editRegion', 'providerSettings.sync.emotionPrompt'],
    properties: [
      { path: ['seed'], job: fromVoice, legal: [7, 0], illegal: [-1, 0.5], isScalar: true },
      {
        path: ['providerSettings', 'sync', 'editRegion'],
        job: fromVoice,
        legal: ['face'],
        illegal: ['hand'],
        wrongType: 'hand',
        isScalar: true,
      },
      {
        path: ['providerSettings', 'sync', 'emotionPrompt'],
        job: fromVoice,
        legal: ['glad'],
        illegal: [''],
        wrongType: 1,
        isScalar: true,
      },
    ],
  },
  {
    name: '#7 the response is documented',
    change: (document) => {
      const uuid = { type: 'string', format: 'uuid' };
      document.components.schemas.ResponseBody.properties.data.items = {
        type: 'object',
        properties: {
          taskType: { type: 'string', const: 'videoInference' },
          taskUUID: uuid,
          cost: { type: 'number' },
          videoUUID: uuid,
          videoURL: { type: 'string', format: 'uri' },
          seed: { type: 'integer' },
          NSFWContent: { type: 'boolean' },
        },
        required: ['taskType', 'taskUUID', 'videoUUID'],
      };
    },
    bump: [null, 'patch', 'minor', 'major'],
    legal: [fromVoice],
    leftForPeople: ['no longer needed'],
  },
  {
    name: '#8 404 and 504 as in the overlay, and a new 422',
    change: (document) => {
      Object.assign(operation(document).responses, {
        '404': errorAnswer('Not Found — The task, model or media does not exist.'),
        '422': errorAnswer('Unprocessable — A parameter cannot be used.'),
        '504': errorAnswer('Gateway Timeout — The task exceeded the maximum queue wait time.'),
      });
    },
    bump: ['minor', 'major'],
    says: ['422'],
    neverSays: ['404', '504'],
    legal: [fromVoice],
    leftForPeople: ['no longer needed'],
  },
  {
    name: '#15 another host',
    change: (document) => {
      document.servers[0].url = 'https://api.example.com/v1';
    },
    bump: 'major',
    says: ['https', 'api.example.com'],
    legal: [fromVoice],
    baseUrl: 'https://api.example.com/v1',
    files: { 'docs/cli.md': ['https://api.example.com/v1'] },
    filesNever: { 'docs/cli.md': ['api.runware.ai'] },
  },
  {
    name: '#15 the path /v1 under the bare host',
    change: (document) => {
      document.servers[0].url = 'https://api.runware.ai';
      document.paths['/v1'] = document.paths['/'];
      delete document.paths['/'];
    },
    bump: [null, 'patch'],
    neverSays: ['no longer'],
    legal: [fromVoice],
    baseUrl: 'https://api.runware.ai/v1',
  },
  {
    name: '#15 a second server and a second security scheme',
    change: (document) => {
      document.servers.push({ url: 'https://eu.example.com/v1', description: 'Europe' });
      document.components.securitySchemes.header = {
        type: 'apiKey',
        in: 'header',
        name: 'X-API-Key',
      };
      operation(document).security?.push({ header: [] });
    },
    bump: ['minor', 'patch'],
    says: ['eu.example.com'],
    legal: [fromVoice],
    baseUrl: 'https://api.runware.ai/v1',
  },
  {
    name: '#22 parameter of errors is a string or a list, and errors gain a field',
    change: (document) => {
      error(document).properties.parameter = {
        description: 'The request parameter related to the error, if applicable.',
        anyOf: [{ type: 'string' }, { type: 'array', items: { type: 'string' } }],
      };
      error(document).properties.requestId = { type: 'string', description: 'For support.' };
    },
    bump: 'minor',
    // Our overlay has said so of `parameter` before.
    says: ['requestId'],
    leftForPeople: ['no longer needed'],
    legal: [fromVoice],
  },
  {
    name: 'a list of objects and a list of strings are added',
    change: (document) => {
      settings(document).tryList = { type: 'array', items: { type: 'string' }, maxItems: 2 };
      settings(document).tryObjects = { type: 'array', items: objectKind.schema };
    },
    bump: 'minor',
    says: ['settings.tryList', 'settings.tryObjects'],
    properties: [
      {
        path: ['settings', 'tryList'],
        job: fromVoice,
        legal: [['a', 'b'], []],
        illegal: [['a', 'b', 'c'], [1], 'a'],
        wrongType: [1],
        isScalar: false,
      },
      {
        path: ['settings', 'tryObjects'],
        job: fromVoice,
        legal: [[{ objectNumber: 0.07 }]],
        illegal: [[{}], [{ objectNumber: 3 }]],
        wrongType: ['x'],
        isScalar: false,
      },
    ],
  },
  {
    name: 'a property is required at once',
    change: (document) => {
      settings(document).tts.properties.tryRequired = number?.schema;
      settings(document).tts.required = ['tryRequired'];
    },
    bump: 'major',
    says: ['settings.tts.tryRequired'],
    legal: [],
    illegal: [withValue(fromVoice, ['settings'], { tts: {} })],
  },
  combined('#24 many at once', [
    ...together,
    {
      name: 'a header and a description',
      change: (document) => {
        document.info.summary = 'Lip sync for whole shots.';
        document.info['x-air-id'] = 'sync:3@0';
        properties(document).ttl.description = 'Seconds until the result is gone.';
      },
      bump: 'patch',
    },
  ]),
];
