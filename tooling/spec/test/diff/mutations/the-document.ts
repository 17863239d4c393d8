import {
  authentication,
  error,
  job,
  operation,
  properties,
  rules,
  settings,
} from '../document-parts.ts';
import type { Mutation } from './mutation.ts';

/** What stands around the schemas, and mere words. */
export const theDocument: Mutation[] = [
  {
    name: 'another description of a field',
    change: (d) => {
      properties(d).ttl.description = 'Seconds to live.';
    },
    bump: 'patch',
    packages: ['generated'],
    told: [['Fixed', '`ttl` is described anew: `Seconds to live.`.']],
  },
  {
    name: 'a description that is hostile',
    change: (d) => {
      properties(d).ttl.description =
        'See `x` */ <b>@everyone</b> [y](http://z)\n\n# Z \u001b[31m\u202e';
    },
    bump: 'patch',
    packages: ['generated'],
    told: [
      ['Fixed', "`ttl` is described anew: `See 'x' */ <b>@everyone</b> [y](http://z) # Z [31m`."],
    ],
  },
  {
    name: 'another title',
    change: (d) => {
      properties(d).ttl.title = 'Lifetime';
    },
    bump: 'patch',
    packages: ['generated'],
    told: [['Fixed', '`ttl` is called `Lifetime` in the documentation.']],
  },
  {
    name: 'another description of a value',
    change: (d) => {
      settings(d).syncMode.oneOf[0].description = 'Back and forth.';
    },
    bump: 'patch',
    packages: ['generated'],
    told: [['Fixed', '`settings.syncMode` describes its values anew.']],
  },
  {
    name: 'definitions that no rule uses',
    change: (d) => {
      settings(d).syncMode.definitions.extend = { const: 'extend' };
    },
    bump: null,
    packages: [],
    told: [],
  },
  {
    name: 'an extension',
    change: (d) => {
      authentication(d)['x-response-schema'] = 'https://example.com/authentication.json';
    },
    bump: 'patch',
    packages: ['generated'],
    told: [
      [
        'Fixed',
        'The `authentication` task has another `x-response-schema` in the document. What it means stays the same.',
      ],
    ],
  },
  {
    name: 'another version and description of the API',
    change: (d) => {
      d.info.version = '1.1.0';
      d.info.description = 'Lips.';
    },
    bump: 'patch',
    packages: ['generated'],
    told: [
      ['Fixed', 'The API has another description: `Lips.`.'],
      ['Fixed', 'The API has another version: `1.1.0`.'],
    ],
  },
  {
    name: 'another description of a status',
    change: (d) => {
      operation(d).responses['429'].description = 'Slow down.';
    },
    bump: 'patch',
    packages: ['generated'],
    told: [['Fixed', 'The answer `429` has another description: `Slow down.`.']],
  },
  {
    name: 'another summary',
    change: (d) => {
      operation(d).summary = 'Synchronise lips';
    },
    bump: 'patch',
    packages: ['generated'],
    told: [['Fixed', 'The operation has another summary: `Synchronise lips`.']],
  },
  {
    name: 'a second address',
    change: (d) => {
      d.servers.push({ url: 'https://eu.runware.ai/v1' });
    },
    bump: 'minor',
    packages: ['generated', 'sdk', 'mock-server'],
    told: [['Added', 'The API is also at `https://eu.runware.ai/v1`.']],
  },
  {
    name: 'another kind of credentials',
    change: (d) => {
      d.components.securitySchemes.apiKeyAuth.scheme = 'basic';
    },
    bump: 'major',
    packages: ['generated', 'sdk', 'mock-server'],
    told: [
      [
        'Breaking',
        'How requests are authorised has changed. Check that your credentials are still taken.',
      ],
    ],
  },
  {
    name: 'another name of the operation',
    change: (d) => {
      operation(d).operationId = 'run_sync3';
    },
    bump: 'patch',
    packages: ['generated'],
    told: [
      [
        'Fixed',
        'Runware calls the operation `run_sync3` now (before: `run_sync_3`). That is a new name for the same: what the packages export keeps its names.',
      ],
    ],
  },
  {
    name: 'a type that nothing refers to',
    change: (d) => {
      d.components.schemas.Voice = { type: 'string' };
    },
    bump: 'minor',
    packages: ['generated'],
    told: [['Added', 'The type `Voice` is new.']],
  },
  {
    name: 'a field whose schema stands elsewhere',
    change: (d) => {
      d.components.schemas.Lifetime = properties(d).ttl;
      properties(d).ttl = { $ref: '#/components/schemas/Lifetime' };
    },
    bump: null,
    packages: [],
    told: [],
  },
  {
    name: 'another path',
    change: (d) => {
      d.paths['/tasks'] = { get: { responses: { '200': { description: 'Tasks.' } } } };
    },
    bump: 'minor',
    packages: ['generated', 'sdk', 'mock-server'],
    told: [['Added', 'The API has a new operation: `GET /v1/tasks`.']],
  },
  {
    name: 'the order of everything that has none',
    change: (d) => {
      job(d).required.reverse();
      properties(d).outputFormat.enum.reverse();
      rules(d).reverse();
      rules(d)[0].oneOf.reverse();
      settings(d).syncMode.oneOf.reverse();
      error(d).required.reverse();
      job(d).properties = Object.fromEntries(Object.entries(properties(d)).reverse());
    },
    bump: null,
    packages: [],
    told: [],
  },
  {
    name: 'a reference with something beside it',
    change: (d) => {
      operation(d).responses['200'].content['application/json'].schema.maxProperties = 3;
    },
    bump: 'minor',
    packages: ['generated', 'mock-server'],
    told: [['Added', 'A response is always an object with at most `3` properties now.']],
  },
  {
    name: 'an answer whose body is no longer described',
    change: (d) => {
      delete operation(d).responses['500'].content['application/json'].schema;
    },
    bump: 'major',
    packages: ['generated', 'sdk', 'mock-server'],
    told: [['Breaking', 'The body of the answer `500` is no longer described. Do not rely on it.']],
  },
  {
    name: 'a body that may be missing',
    change: (d) => {
      delete operation(d).requestBody.required;
    },
    bump: 'minor',
    packages: ['generated', 'sdk', 'mock-server'],
    told: [['Added', 'A request need not have a body any more.']],
  },
  {
    name: 'an order and a value',
    change: (d) => {
      rules(d).reverse();
      settings(d).syncMode.oneOf.reverse();
      properties(d).ttl.minimum = 30;
    },
    bump: 'minor',
    packages: ['generated', 'sdk', 'mock-server'],
    told: [['Added', '`ttl` can be `30` or more now (before: `60` or more).']],
  },
  {
    name: 'several changes at once',
    change: (d) => {
      properties(d).model.const = 'sync:lipsync@4';
      properties(d).outputFormat.enum.push('GIF');
      delete properties(d).ttl;
      properties(d).region = { type: 'string' };
      error(d).properties.hint = { type: 'string' };
      properties(d).speech.description = 'What is said.';
    },
    bump: 'major',
    packages: ['generated', 'sdk', 'mock-server'],
    told: [
      [
        'Breaking',
        '`model` is `sync:lipsync@4` now (before: `sync:lipsync@3`). Send the new value; the old one is refused.',
      ],
      ['Breaking', '`ttl` is gone. Requests that have it are refused: leave it out.'],
      ['Added', '`outputFormat` also takes `GIF`.'],
      ['Added', '`region` is new: a string.'],
      ['Added', '`errors[].hint` (response) is new: a string.'],
      ['Fixed', '`speech` is described anew: `What is said.`.'],
    ],
  },
];
