import {
  condition,
  job,
  properties,
  rules,
  segment,
  settings,
} from '../../../spec/test/diff/document-parts.ts';
import { fromVoice, withValue } from '../places.ts';
import type { Case } from '../try-case.ts';

/** An addition beside what is held back: it must not wait for a person. */
const note = { type: 'string', description: 'A note.', minLength: 1 };
const beside = {
  bump: 'minor',
  says: ['settings.tryNote'],
  legal: [withValue(fromVoice, ['settings', 'tryNote'], 'x')],
  isHeldBack: true,
} as const;

/** What needs a person. */
export const heldBack: readonly Case[] = [
  {
    name: 'a new if/then',
    change: (document) => {
      settings(document).tryNote = note;
      rules(document).push(condition({ required: ['uploadEndpoint'] }, { required: ['ttl'] }));
    },
    ...beside,
    leftForPeople: ['/allOf/3', 'ttl', 'packages/sdk/src/lipsync/rules/'],
  },
  {
    name: 'a new dependentRequired',
    change: (document) => {
      settings(document).tryNote = note;
      job(document).dependentRequired = { ttl: ['outputType'] };
    },
    ...beside,
    leftForPeople: ['dependentRequired', 'ttl', 'packages/sdk/src/lipsync/rules/'],
  },
  {
    name: 'a rule is gone',
    change: (document) => {
      settings(document).tryNote = note;
      rules(document).splice(1, 1);
    },
    ...beside,
    leftForPeople: ['tts', 'packages/sdk/src/lipsync/rules/'],
  },
  {
    name: 'a dependentRequired is gone',
    change: (document) => {
      settings(document).tryNote = note;
      delete segment(document).dependentRequired;
    },
    ...beside,
    leftForPeople: ['dependentRequired', 'packages/sdk/src/lipsync/rules/'],
  },
  {
    name: 'a second operation',
    change: (document) => {
      settings(document).tryNote = note;
      document.paths['/jobs'] = {
        get: { operationId: 'list_jobs', responses: { '200': { description: 'Jobs' } } },
      };
    },
    ...beside,
    leftForPeople: ['/paths/~1jobs', 'list_jobs'],
  },
  {
    name: 'another taskType',
    change: (document) => {
      settings(document).tryNote = note;
      properties(document).taskType.const = 'lipSync';
    },
    ...beside,
    leftForPeople: ['taskType', 'lipSync'],
  },
  {
    name: 'a keyword that nobody knows',
    change: (document) => {
      settings(document).tryNote = note;
      properties(document).uploadEndpoint.contentMediaType = 'text/plain';
      properties(document).ttl.tryKeyword = 5;
      settings(document).segments.uniqueItems = true;
    },
    ...beside,
    // A list without repetitions is a narrower one, of which a rule is made.
    bump: 'major',
    leftForPeople: [/uniqueItems|tryKeyword/],
  },
];
