import { error, operation } from '../document-parts.ts';
import type { Mutation } from './mutation.ts';

/** What stands around the schemas, in forms that are seldom seen. */
export const aroundSchemas: Mutation[] = [
  {
    name: 'an extension of the description of the API',
    change: (d) => {
      d.info['x-logo'] = { url: 'a' };
    },
    bump: 'patch',
    packages: ['generated'],
    told: [['Fixed', 'The document has another `x-logo`. What it means stays the same.']],
  },
  {
    name: 'an extension of the address',
    change: (d) => {
      d.servers[0]['x-region'] = 'eu';
    },
    bump: 'patch',
    packages: ['generated'],
    told: [['Fixed', 'The document has another `x-region`. What it means stays the same.']],
  },
  {
    name: 'an extension of an answer',
    change: (d) => {
      operation(d).responses['200']['x-foo'] = { a: 1 };
    },
    bump: 'patch',
    packages: ['generated'],
    told: [['Fixed', 'The document has another `x-foo`. What it means stays the same.']],
  },
  {
    name: 'contact, license and terms',
    change: (d) => {
      d.info.contact = { email: 'a@b.c' };
      d.info.license = { name: 'MIT' };
      d.info.termsOfService = 'https://x';
    },
    bump: 'patch',
    packages: ['generated'],
    told: [
      ['Fixed', 'The API has another address of its terms of service: `https://x`.'],
      ['Fixed', 'The document has another `contact`. What it means stays the same.'],
      ['Fixed', 'The document has another `license`. What it means stays the same.'],
    ],
  },
  {
    name: 'an operation that is deprecated',
    change: (d) => {
      operation(d).deprecated = true;
    },
    bump: 'minor',
    packages: ['generated', 'sdk', 'mock-server'],
    told: [['Added', 'The operation is deprecated. Plan to do without it.']],
  },
  {
    name: 'a description of the body',
    change: (d) => {
      operation(d).requestBody.description = 'x';
    },
    bump: 'patch',
    packages: ['generated'],
    told: [['Fixed', 'The body of a request has another description: `x`.']],
  },
  {
    name: 'an operation without a name',
    change: (d) => {
      delete operation(d).operationId;
    },
    bump: null,
    packages: [],
    told: [],
  },
  {
    name: 'another media type of an answer',
    change: (d) => {
      operation(d).responses['200'].content['application/xml'] = { schema: { type: 'string' } };
    },
    bump: 'minor',
    packages: ['generated', 'sdk', 'mock-server'],
    told: [['Added', 'The answer `200` can also be `application/xml`.']],
  },
  {
    name: 'another media type of the request',
    change: (d) => {
      operation(d).requestBody.content['multipart/form-data'] = {
        schema: { type: 'object', properties: { file: { type: 'string', format: 'binary' } } },
      };
    },
    bump: 'minor',
    packages: ['generated', 'sdk', 'mock-server'],
    told: [['Added', 'A request can also be sent as `multipart/form-data`.']],
  },
  {
    name: 'a parameter',
    change: (d) => {
      operation(d).parameters = [{ name: 'region', in: 'query', schema: { type: 'string' } }];
    },
    bump: 'minor',
    packages: ['generated', 'sdk', 'mock-server'],
    told: [['Added', 'A request can have new parameters: `region` (`query`).']],
  },
  {
    name: 'a required parameter',
    change: (d) => {
      operation(d).parameters = [
        { name: 'X-Version', in: 'header', required: true, schema: { const: '2' } },
      ];
    },
    bump: 'major',
    packages: ['generated', 'sdk', 'mock-server'],
    told: [
      [
        'Breaking',
        'A request has new parameters, of which it must have some: `X-Version` (`header`). Add them.',
      ],
    ],
  },
  {
    name: 'another address for the operation',
    change: (d) => {
      operation(d).servers = [{ url: 'https://x.runware.ai/v1' }];
    },
    bump: 'major',
    packages: ['generated', 'sdk', 'mock-server'],
    told: [
      [
        'Breaking',
        "The API's address is `https://x.runware.ai/v1` now (before: `https://api.runware.ai/v1`). Give it as the base URL if you set your own.",
      ],
    ],
  },
  {
    name: 'credentials by another name',
    change: (d) => {
      d.components.securitySchemes.bearer = d.components.securitySchemes.apiKeyAuth;
      delete d.components.securitySchemes.apiKeyAuth;
      d.security = [{ bearer: [] }];
    },
    bump: null,
    packages: [],
    told: [],
  },
  {
    name: 'a hint on the form of the credentials',
    change: (d) => {
      d.components.securitySchemes.apiKeyAuth.bearerFormat = 'JWT';
    },
    bump: 'patch',
    packages: ['generated'],
    told: [['Fixed', 'The document has another `bearerFormat`. What it means stays the same.']],
  },
  {
    name: 'other credentials for the operation',
    change: (d) => {
      d.components.securitySchemes.q = { type: 'apiKey', in: 'query', name: 'k' };
      operation(d).security = [{ q: [] }];
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
    name: 'what else errors have',
    change: (d) => {
      error(d).additionalProperties = { type: 'string' };
    },
    bump: 'minor',
    packages: ['generated', 'sdk', 'mock-server'],
    told: [
      ['Added', '`errors[]` (response) has a string in each property that is not described now.'],
    ],
  },
  {
    name: 'another operation',
    change: (d) => {
      d.paths['/'].get = { operationId: 'list', responses: { '200': { description: 'ok' } } };
    },
    bump: 'minor',
    packages: ['generated', 'sdk', 'mock-server'],
    told: [['Added', 'The API has a new operation: `GET /v1`.']],
  },
  {
    name: 'webhooks, of which nothing is known',
    change: (d) => {
      d.webhooks = { done: { post: { responses: { '200': { description: 'ok' } } } } };
    },
    bump: 'major',
    packages: ['generated', 'sdk', 'mock-server'],
    told: [['Breaking', 'The document has another `webhooks`. See whether that holds for you.']],
  },
];
