import {
  job,
  operation,
  type Part,
  properties,
  segment,
  settings,
} from '../../../spec/test/diff/document-parts.ts';
import { fromSegments, fromText, fromVoice, withValue } from '../places.ts';
import type { Case } from '../try-case.ts';

const same: Pick<Case, 'bump' | 'neverSays'> = {
  bump: [null, 'patch'],
  neverSays: ['no longer', 'is new', '**Added**', '**Breaking**'],
};
const today = {
  legal: [fromVoice, fromText, fromSegments],
  illegal: [
    withValue(fromVoice, ['settings', 'syncMode'], 'loop'),
    withValue(fromVoice, ['unknown'], 1),
    withValue(fromSegments, ['settings', 'segments', '[]', 'unknown'], 1),
  ],
};
const schemas = (document: Part): Part => document.components.schemas;

/** Other ways of writing the same. */
export const structure: readonly Case[] = [
  {
    name: '#1 the newer header of info',
    change: ({ info }) => {
      Object.assign(info, {
        title: 'sync-3',
        summary: 'Lip sync for whole shots.',
        'x-model-id': 'sync-3',
        'x-air-id': 'sync:lipsync@3',
        'x-status': 'live',
        'x-creator': 'sync',
      });
    },
    ...same,
    ...today,
  },
  {
    name: '#12 segments as a component named Segment',
    change: (document) => {
      schemas(document).Segment = segment(document);
      settings(document).segments.items = { $ref: '#/components/schemas/Segment' };
    },
    ...same,
    ...today,
  },
  {
    name: '#12 segments as $defs',
    change: (document) => {
      job(document).$defs = { segment: segment(document) };
      settings(document).segments.items = {
        $ref: '#/components/schemas/RequestBody/items/$defs/segment',
      };
    },
    ...same,
    ...today,
  },
  {
    name: '#12 media inputs as a component',
    change: (document) => {
      schemas(document).Inputs = properties(document).inputs;
      properties(document).inputs = { $ref: '#/components/schemas/Inputs' };
    },
    ...same,
    ...today,
  },
  {
    name: '#12 the task as a component',
    change: (document) => {
      schemas(document).LipsyncTask = job(document);
      schemas(document).RequestBody.items = { $ref: '#/components/schemas/LipsyncTask' };
    },
    ...same,
    ...today,
  },
  {
    name: '#12 oneOf of authentication and task',
    change: (document) => {
      schemas(document).LipsyncTask = job(document);
      schemas(document).RequestBody.items = {
        oneOf: [
          { $ref: '#/components/schemas/AuthenticationTask' },
          { $ref: '#/components/schemas/LipsyncTask' },
        ],
      };
    },
    ...same,
    ...today,
    leftForPeople: ['no longer needed'],
  },
  {
    name: '#13 six properties in an allOf component',
    change: (document) => {
      const task = job(document);
      const moved = [
        'webhookURL',
        'includeCost',
        'numberResults',
        'uploadEndpoint',
        'ttl',
        'safety',
      ];
      schemas(document).CommonTask = {
        type: 'object',
        properties: Object.fromEntries(moved.map((name) => [name, task.properties[name]])),
      };
      for (const name of moved) delete task.properties[name];
      task.allOf = [{ $ref: '#/components/schemas/CommonTask' }, ...task.allOf];
      delete task.additionalProperties;
      task.unevaluatedProperties = false;
    },
    ...same,
    ...today,
  },
  ...['3.1.1', '3.2.0'].map(
    (version): Case => ({
      name: `#14 OpenAPI ${version}`,
      change: (document) => {
        document.openapi = version;
      },
      ...same,
      ...today,
    }),
  ),
  {
    name: '#9 slug and operationId are renamed',
    change: (document) => {
      document.info.title = 'Runware API - sync-lipsync-3';
      operation(document).operationId = 'run_sync_lipsync_3';
      operation(document).summary = 'Run sync-lipsync-3';
    },
    bump: ['major', 'minor', 'patch'],
    says: ['a new name for the same'],
    ...today,
  },
];
