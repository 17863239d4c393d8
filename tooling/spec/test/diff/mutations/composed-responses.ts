import type { Part } from '../document-parts.ts';
import type { Mutation } from './mutation.ts';

const row = (d: Part, name: string): Part => d.components.schemas[`VideoInference${name}`];

/** Rows of responses, which our overlays describe; upstream may begin to do so. */
export const composedResponses: Mutation[] = [
  {
    name: 'a new field of a finished video',
    change: (d) => {
      row(d, 'Success').properties.duration = { type: 'number' };
    },
    bump: 'minor',
    packages: ['generated', 'mock-server'],
    told: [['Added', '`data[].duration` (response, `Video Inference Success`) is new: a number.']],
  },
  {
    name: 'a field of a finished video that goes',
    change: (d) => {
      delete row(d, 'Success').properties.seed;
    },
    bump: 'major',
    packages: ['generated', 'mock-server'],
    told: [
      [
        'Breaking',
        '`data[].seed` (response, `Video Inference Success`) is no longer returned. Code that reads it has to do without.',
      ],
    ],
  },
  {
    name: 'a field of a finished video that may be missing',
    change: (d) => {
      row(d, 'Success').required = row(d, 'Success').required.filter(
        (name: string) => name !== 'videoURL',
      );
    },
    bump: 'major',
    packages: ['generated', 'mock-server'],
    told: [
      [
        'Breaking',
        '`data[]` (response, `Video Inference Success`): `videoURL` may be missing now. Allow for that.',
      ],
    ],
  },
  {
    name: 'a cost that may be null',
    change: (d) => {
      row(d, 'Success').properties.cost.type = ['number', 'null'];
    },
    bump: 'major',
    packages: ['generated', 'mock-server'],
    told: [
      [
        'Breaking',
        '`data[].cost` (response, `Video Inference Success`) can be `null` or a number now (before: a number). Allow for that.',
      ],
    ],
  },
  {
    name: 'a status that is another',
    change: (d) => {
      row(d, 'Processing').properties.status = { const: 'pending' };
    },
    bump: 'major',
    packages: ['generated', 'mock-server'],
    told: [
      [
        'Breaking',
        '`data[].status` (response, `Video Inference Processing`) is `pending` now (before: `processing`). Compare with the new value.',
      ],
    ],
  },
  {
    name: 'a status that comes',
    change: (d) => {
      row(d, 'Processing').properties.status = { enum: ['processing', 'queued'] };
    },
    bump: 'major',
    packages: ['generated', 'mock-server'],
    told: [
      [
        'Breaking',
        '`data[].status` (response, `Video Inference Processing`) can also be `queued`. Allow for that where values are told apart.',
      ],
    ],
  },
  {
    name: 'a wider range of progress',
    change: (d) => {
      row(d, 'Processing').properties.progress.maximum = 1000;
    },
    bump: 'major',
    packages: ['generated', 'mock-server'],
    told: [
      [
        'Breaking',
        '`data[].progress` (response, `Video Inference Processing`) can be `1000` or less now (before: `100` or less). Allow for that.',
      ],
    ],
  },
  {
    name: 'a narrower range of progress',
    change: (d) => {
      row(d, 'Processing').properties.progress.minimum = 1;
    },
    bump: 'minor',
    packages: ['generated', 'mock-server'],
    told: [
      [
        'Added',
        '`data[].progress` (response, `Video Inference Processing`) is always `1` or more now (before: `0` or more).',
      ],
    ],
  },
  {
    name: 'a new kind of row',
    change: (d) => {
      d.components.schemas.ResponseRow.oneOf.push({
        type: 'object',
        title: 'Ping',
        properties: { pong: { type: 'boolean' } },
      });
    },
    bump: 'major',
    packages: ['generated', 'mock-server'],
    told: [
      [
        'Breaking',
        '`data[]` (response) can also be `Ping`. Allow for that where values are told apart.',
      ],
    ],
  },
  {
    name: 'a kind of row that goes',
    change: (d) => {
      d.components.schemas.ResponseRow.oneOf.pop();
    },
    bump: 'minor',
    packages: ['generated', 'mock-server'],
    told: [['Added', '`data[]` (response) is never `Task Details Result` any more.']],
  },
  {
    name: 'another default of a field of a row',
    change: (d) => {
      row(d, 'Success').properties.NSFWContent.default = false;
    },
    bump: 'patch',
    packages: ['generated'],
    told: [
      [
        'Fixed',
        '`data[].NSFWContent` (response, `Video Inference Success`) has another default: `false`.',
      ],
    ],
  },
  {
    name: 'a kind of task that comes',
    change: (d) => {
      d.components.schemas.Task.oneOf.push({
        type: 'object',
        title: 'Ping Task',
        properties: { taskType: { const: 'ping' } },
      });
    },
    bump: 'minor',
    packages: ['generated', 'mock-server'],
    told: [['Added', 'A request also takes `Ping Task`.']],
  },
  {
    name: 'only an example',
    change: (d) => {
      d.paths['/v1'].post.responses['200'].content[
        'application/json'
      ].examples.completed.value.data[0].cost = 3;
    },
    bump: null,
    packages: [],
    told: [],
  },
  {
    name: 'another address',
    change: (d) => {
      d.servers[0].url = 'https://eu.runware.ai';
    },
    bump: 'major',
    packages: ['generated', 'sdk', 'mock-server'],
    told: [
      [
        'Breaking',
        "The API's address is `https://eu.runware.ai/v1` now (before: `https://api.runware.ai/v1`). Give it as the base URL if you set your own.",
      ],
    ],
  },
  {
    name: 'another first address',
    change: (d) => {
      d.servers.unshift({ url: 'https://eu.runware.ai' });
    },
    bump: 'major',
    packages: ['generated', 'sdk', 'mock-server'],
    told: [
      [
        'Breaking',
        "The API's address is `https://eu.runware.ai/v1` now (before: `https://api.runware.ai/v1`). Give it as the base URL if you set your own.",
      ],
    ],
  },
];
