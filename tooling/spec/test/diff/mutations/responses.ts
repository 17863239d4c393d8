import { error, errorResponse, operation, response } from '../document-parts.ts';
import type { Mutation } from './mutation.ts';

/** What comes back, when it goes well and when it does not. */
export const responses: Mutation[] = [
  {
    name: 'a new field of the response',
    change: (d) => {
      response(d).properties.requestId = { type: 'string', format: 'uuid' };
    },
    bump: 'minor',
    packages: ['generated', 'mock-server'],
    told: [['Added', '`requestId` (response) is new: text in the format `uuid`.']],
  },
  {
    name: 'a field that is always there',
    change: (d) => {
      response(d).required = ['data'];
    },
    bump: 'minor',
    packages: ['generated', 'mock-server'],
    told: [['Added', 'A response: `data` is always there now.']],
  },
  {
    name: 'a response that is closed',
    change: (d) => {
      response(d).additionalProperties = false;
    },
    bump: 'major',
    packages: ['generated', 'mock-server'],
    told: [
      [
        'Breaking',
        'A response has no other properties now than those described. Do not read others.',
      ],
    ],
  },
  {
    name: 'a response with a limit',
    change: (d) => {
      response(d).properties.data.maxItems = 5;
    },
    bump: 'minor',
    packages: ['generated', 'mock-server'],
    told: [['Added', '`data` (response) is always a list of at most `5` elements now.']],
  },
  {
    name: 'a new field of errors',
    change: (d) => {
      error(d).properties.hint = { type: 'string' };
    },
    bump: 'minor',
    packages: ['generated', 'sdk', 'mock-server'],
    told: [['Added', '`errors[].hint` (response) is new: a string.']],
  },
  {
    name: 'a field of errors that goes',
    change: (d) => {
      delete error(d).properties.documentation;
    },
    bump: 'major',
    packages: ['generated', 'sdk', 'mock-server'],
    told: [
      [
        'Breaking',
        '`errors[].documentation` (response) is no longer returned. Code that reads it has to do without.',
      ],
    ],
  },
  {
    name: 'a field of errors that is always there',
    change: (d) => {
      error(d).required.push('taskUUID');
    },
    bump: 'minor',
    packages: ['generated', 'sdk', 'mock-server'],
    told: [['Added', '`errors[]` (response): `taskUUID` is always there now.']],
  },
  {
    name: 'a field of errors that may be missing',
    change: (d) => {
      error(d).required = ['code'];
    },
    bump: 'major',
    packages: ['generated', 'sdk', 'mock-server'],
    told: [['Breaking', '`errors[]` (response): `message` may be missing now. Allow for that.']],
  },
  {
    name: 'a field of errors that may be null',
    change: (d) => {
      error(d).properties.taskUUID.type = ['string', 'null'];
    },
    bump: 'major',
    packages: ['generated', 'sdk', 'mock-server'],
    told: [
      [
        'Breaking',
        '`errors[].taskUUID` (response) can be `null` or a string now (before: a string). Allow for that.',
      ],
    ],
  },
  {
    name: 'a field of errors of another type',
    change: (d) => {
      error(d).properties.message.type = 'object';
    },
    bump: 'major',
    packages: ['generated', 'sdk', 'mock-server'],
    told: [
      [
        'Breaking',
        '`errors[].message` (response) is an object now (before: a string). Allow for that.',
      ],
    ],
  },
  {
    name: 'codes of errors that are listed',
    change: (d) => {
      error(d).properties.code.enum = ['invalidApiKey', 'timeoutProvider'];
    },
    bump: 'minor',
    packages: ['generated', 'sdk', 'mock-server'],
    told: [
      ['Added', '`errors[].code` (response) is always `invalidApiKey` or `timeoutProvider` now.'],
    ],
  },
  {
    name: 'a format of a field of errors',
    change: (d) => {
      error(d).properties.documentation.format = 'uri';
    },
    bump: 'minor',
    packages: ['generated', 'sdk', 'mock-server'],
    told: [
      ['Added', '`errors[].documentation` (response) is always text in the format `uri` now.'],
    ],
  },
  {
    name: 'errors that are closed',
    change: (d) => {
      error(d).additionalProperties = false;
    },
    bump: 'major',
    packages: ['generated', 'sdk', 'mock-server'],
    told: [
      [
        'Breaking',
        '`errors[]` (response) has no other properties now than those described. Do not read others.',
      ],
    ],
  },
  {
    name: 'a list of errors that may be missing',
    change: (d) => {
      errorResponse(d).required = [];
    },
    bump: 'major',
    packages: ['generated', 'mock-server'],
    told: [['Breaking', 'A response: `errors` may be missing now. Allow for that.']],
  },
  {
    name: 'a new field beside the errors',
    change: (d) => {
      errorResponse(d).properties.requestId = { type: 'string' };
    },
    bump: 'minor',
    packages: ['generated', 'mock-server'],
    told: [['Added', '`requestId` (response) is new: a string.']],
  },
  {
    name: 'a new status',
    change: (d) => {
      operation(d).responses['409'] = { description: 'Conflict — the task exists.' };
    },
    bump: 'minor',
    packages: ['generated', 'sdk', 'mock-server'],
    told: [['Added', 'The API can answer `409`: `Conflict — the task exists.`.']],
  },
  {
    name: 'another body of one status',
    change: (d) => {
      operation(d).responses['503'].content['application/json'].schema = {
        type: 'object',
        required: ['error'],
        properties: { error: { type: 'string' } },
      };
    },
    bump: 'major',
    packages: ['generated', 'sdk', 'mock-server'],
    told: [
      [
        'Breaking',
        '`data` (response, `503`) is no longer returned. Code that reads it has to do without.',
      ],
      [
        'Breaking',
        '`errors` (response, `503`) is no longer returned. Code that reads it has to do without.',
      ],
      ['Added', 'The answer `503` may have more properties.'],
      ['Added', '`error` (response, `503`) is new: a string.'],
      ['Fixed', 'The answer `503` is no longer described.'],
      [
        'Fixed',
        'The answer `503` no longer has `title` in the document. What it means stays the same.',
      ],
    ],
  },
  {
    name: 'a header',
    change: (d) => {
      operation(d).responses['200'].headers = { 'X-Request-Id': { schema: { type: 'string' } } };
    },
    bump: 'minor',
    packages: ['generated', 'sdk', 'mock-server'],
    told: [['Added', 'The answer `200` has headers now: `X-Request-Id`.']],
  },
];
