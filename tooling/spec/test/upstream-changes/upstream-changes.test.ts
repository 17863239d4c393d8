import { describe, expect, test } from 'vitest';
import { changelogOf } from '../../src/changeset.ts';
import { compose, composition } from '../../src/compose.ts';
import type { Change } from '../../src/diff/change.ts';
import { describeChanges } from '../../src/diff/describe-changes.ts';
import { locations } from '../../src/locations.ts';
import { type Bump, weightiest } from '../../src/releases.ts';
import { readDocument } from '../../src/source/read-document.ts';
import { operation, type Part, properties, segment, settings } from '../diff/document-parts.ts';
import { frozenDocument } from '../frozen/frozen-document.ts';
import * as cases from './cases.ts';

const before = await compose(frozenDocument(), locations.overlays);

/** What a changed document comes to, read as one that was fetched. */
async function outcomeOf(...changes: ((document: Part) => void)[]) {
  const written = frozenDocument();
  for (const change of changes) change(written);
  const upstream = readDocument(JSON.stringify(written), ['sync:lipsync@3']);
  const { document, repetitions } = await composition(upstream, locations.overlays);
  const told = describeChanges(before, document);
  const needless = repetitions.map(({ where, reason, isWhole }) => {
    const part = isWhole ? '' : ', in part';
    return `${where.replace(/:\d+$/, '')}: ${reason}${part}`;
  });
  return { bump: weightiest(told), told: told.map(sentence), needless, document: document as Part };
}

const sentence = ({ group, text }: Change) => `${group}: ${text}`;

interface Expected {
  bump: Bump | null;
  told: string[];
  /** Overlays that a person can shorten. */
  needless?: string[];
}

/** Number in the list of changes, what changes, and what it must come to. */
const table: [string, (document: Part) => void, Expected][] = [
  [
    '1, the newer header of `info`',
    cases.newHeader,
    {
      bump: 'patch',
      told: [
        'Fixed: The API has another title: `sync-3`.',
        'Fixed: The API has another summary: `Lip synchronization of entire shots.`.',
        ...['x-model-id', 'x-air-id', 'x-status', 'x-creator'].map(
          (key) => `Fixed: The document has another \`${key}\`. What it means stays the same.`,
        ),
      ],
    },
  ],
  [
    '2, another identifier of the model',
    cases.renamedModel,
    {
      bump: 'major',
      told: [
        'Breaking: `model` is `sync:3@0` now (before: `sync:lipsync@3`). Send the new value; the old one is refused.',
      ],
    },
  ],
  [
    '3, a second identifier of the model',
    (d) => {
      delete properties(d).model.const;
      properties(d).model.enum = ['sync:lipsync@3', 'sync:3@0'];
    },
    { bump: 'minor', told: ['Added: `model` also takes `sync:3@0`.'] },
  ],
  [
    '4, new settings',
    cases.newSettings,
    {
      bump: 'minor',
      told: [
        'Added: `settings.mode` is new: `lips` or `face` (`lips` when it is left out).',
        'Added: `settings.temperature` is new: a number, `0` or more, `1` or less, a multiple of `0.01` (`0.5` when it is left out).',
        'Added: `settings.occlusionDetection` is new: `true` or `false` (`false` when it is left out).',
      ],
    },
  ],
  [
    '5, a field of `safety` is gone',
    (d) => delete properties(d).safety.properties.mode,
    {
      bump: 'major',
      told: ['Breaking: `safety.mode` is gone. Requests that have it are refused: leave it out.'],
    },
  ],
  [
    '5, `safety` is gone, and its type with it',
    (d) => delete properties(d).safety,
    {
      bump: 'major',
      told: [
        'Breaking: The type `Safety` is gone. Do not import it.',
        'Breaking: `safety` is gone. Requests that have it are refused: leave it out.',
      ],
    },
  ],
  [
    '6, other types of output',
    (d) => properties(d).outputType.enum.push('base64Data', 'dataURI'),
    { bump: 'minor', told: ['Added: `outputType` also takes `base64Data` or `dataURI`.'] },
  ],
  [
    '7, the response is described',
    cases.documentedResponse,
    {
      bump: 'patch',
      told: [
        'Fixed: `data[].taskType` (response, `Video Inference Success`) is called `Task Type` in the documentation.',
        'Fixed: `data[].taskUUID` (response, `Video Inference Success`) is called `Task UUID` in the documentation.',
        'Fixed: `data[].cost` (response, `Video Inference Success`) is described anew: `What the task has cost.`.',
        'Fixed: `data[].cost` (response, `Video Inference Success`) is called `Cost` in the documentation.',
      ],
      needless: ['04-responses.overlay.yaml: repeated, in part'],
    },
  ],
  [
    '8, statuses are described as we describe them',
    cases.documentedStatuses,
    {
      bump: 'minor',
      told: [
        'Added: The API can answer `422`: `Unprocessable Entity — The media cannot be processed.`.',
      ],
      needless: ['05-statuses.overlay.yaml: repeated', '05-statuses.overlay.yaml: repeated'],
    },
  ],
  [
    '9, another slug and operationId',
    cases.renamedOperation,
    {
      bump: 'patch',
      told: [
        'Fixed: The API has another title: `Runware API - sync-lipsync-3`.',
        'Fixed: Runware calls the operation `run_sync_lipsync_3` now (before: `run_sync_3`). That is a new name for the same: what the packages export keeps its names.',
      ],
    },
  ],
  [
    '10, one more choice',
    cases.loop,
    { bump: 'minor', told: ['Added: `settings.syncMode` also takes `loop`.'] },
  ],
  ...[cases.nullableBox, cases.nullableBoxAsUnion].map((change): (typeof table)[number] => [
    `11, a box may be null (${change.name})`,
    change,
    {
      bump: 'minor',
      told: [
        'Added: `settings.activeSpeakerDetection.boundingBoxes[]` can be a list or `null` now (before: a list).',
      ],
    },
  ]),
  [
    '15, another host',
    (d) => {
      d.servers[0].url = 'https://api.eu.runware.ai/v1';
    },
    {
      bump: 'major',
      told: [
        "Breaking: The API's address is `https://api.eu.runware.ai/v1` now (before: `https://api.runware.ai/v1`). Give it as the base URL if you set your own.",
      ],
    },
  ],
  [
    '15, a second server',
    (d) => d.servers.push({ url: 'https://api.eu.runware.ai/v1' }),
    { bump: 'minor', told: ['Added: The API is also at `https://api.eu.runware.ai/v1`.'] },
  ],
  [
    '15, a second way of authorising',
    cases.secondScheme,
    { bump: 'minor', told: ['Added: Requests can also be authorised with `apiKeyHeader`.'] },
  ],
  [
    '16, other bounds',
    (d) => {
      const { endTime } = segment(d).properties;
      delete endTime.exclusiveMinimum;
      endTime.minimum = 0.01;
      properties(d).speech.properties.text.maxLength = 10_000;
      properties(d).numberResults.maximum = 4;
    },
    {
      bump: 'major',
      told: [
        'Breaking: `numberResults` has to be `4` or less now (before: `20` or less). Requests with anything else are refused.',
        'Added: `speech.text` can be text of at most `10000` characters now (before: text of at most `5000` characters).',
        'Fixed: `settings.segments[].endTime` is said to be `0.01` or more now (before: more than `0`). The same values are taken.',
      ],
    },
  ],
  [
    '17, another default',
    (d) => {
      settings(d).syncMode.default = 'bounce';
    },
    {
      bump: 'major',
      told: [
        'Breaking: `settings.syncMode` is `bounce` now when it is left out (before: `cut_off`). Give it where the old value matters.',
      ],
    },
  ],
  [
    '19, another way of delivery',
    (d) => properties(d).deliveryMethod.oneOf.push({ const: 'sync', description: 'Waits.' }),
    { bump: 'minor', told: ['Added: `deliveryMethod` also takes `sync`.'] },
  ],
  [
    '20, two fields are deprecated',
    (d) => {
      properties(d).ttl.deprecated = true;
      settings(d).tts.deprecated = true;
    },
    {
      bump: 'minor',
      told: [
        'Added: `settings.tts` is deprecated. Plan to do without it.',
        'Added: `ttl` is deprecated. Plan to do without it.',
      ],
    },
  ],
  [
    '21, a field at the root, and an object of objects',
    cases.providerSettings,
    {
      bump: 'minor',
      told: [
        'Added: The type `ProviderSettings` is new.',
        'Added: The type `Sync` is new.',
        'Added: `seed` is new: a whole number, `0` or more.',
        'Added: `providerSettings` is new: an object.',
        'Added: `providerSettings.sync.editRegion` is new: `face`, `head` or `lips`.',
        'Added: `providerSettings.sync.emotionPrompt` is new: text of at least `1` character, text of at most `200` characters.',
      ],
    },
  ],
  [
    '22, errors as the API writes them, and a new field',
    cases.errorsAsWritten,
    {
      bump: 'minor',
      told: ['Added: `errors[].retryAfter` (response) is new: a whole number.'],
      needless: ['04-responses.overlay.yaml: superseded'],
    },
  ],
  [
    '23, a description',
    cases.description,
    { bump: 'patch', told: ['Fixed: `ttl` is described anew: `Seconds to live.`.'] },
  ],
];

describe('what a change of Runware comes to:', () => {
  test.each(table)('%s', async (_, change, expected) => {
    const { bump, told, needless } = await outcomeOf(change);
    expect({ bump, told: told.toSorted(), needless }).toEqual({
      needless: [],
      ...expected,
      told: expected.told.toSorted(),
    });
  });

  test('24, many at once, each told once', async () => {
    const parts = [
      cases.newHeader,
      cases.renamedModel,
      cases.newSettings,
      cases.loop,
      cases.nullableBox,
      cases.description,
    ];
    const single = await Promise.all(parts.map((change) => outcomeOf(change)));
    const { bump, told } = await outcomeOf(...parts);
    expect(bump).toBe('major');
    expect(told.toSorted()).toEqual(single.flatMap((one) => one.told).toSorted());
  });
});

describe('what says the same in another way is no change (12, 13, 14, 15, 18):', () => {
  test.each(cases.refactorings)('$name', async ({ change }) => {
    const { told, document } = await outcomeOf(change);
    expect(told).toEqual([]);
    const names = ({ components }: Part) => Object.keys(components.schemas).toSorted();
    expect(names(document)).toEqual(names(before));
  });

  test('all of them at once', async () => {
    const some = [
      'the inputs as a component',
      'media inputs as a component',
      'errors as a component',
    ];
    const others = [
      'six properties in a component under allOf',
      'choices as an enum',
      'OpenAPI 3.2.0',
    ];
    const changes = cases.refactorings.filter(({ name }) => [...some, ...others].includes(name));
    expect((await outcomeOf(...changes.map(({ change }) => change))).told).toEqual([]);
  });
});

describe('the composed document follows upstream:', () => {
  test('examples have the identifier of the model, and nothing that is gone', async () => {
    const { document } = await outcomeOf(cases.renamedModel, (d) => delete settings(d).syncMode);
    const { examples } = document.paths['/v1'].post.requestBody.content['application/json'];
    expect(examples.lipSync.value[0]).toMatchObject({ model: 'sync:3@0', settings: {} });
    expect(examples.lipSync.value[0].settings).toEqual({});
  });

  test('the address is a server without a path, whatever the operation says', async () => {
    const { document } = await outcomeOf((d) => {
      operation(d).servers = [{ url: 'https://eu.runware.ai/v2/' }];
    });
    expect(document.servers).toEqual([{ url: 'https://eu.runware.ai' }]);
    expect(Object.keys(document.paths)).toEqual(['/v2']);
  });

  test('a row that is described keeps what we know of it beyond that', async () => {
    const { document } = await outcomeOf(cases.documentedResponse);
    const row = document.components.schemas.VideoInferenceSuccess;
    expect(row.properties.cost).toMatchObject({ title: 'Cost', minimum: 0 });
    expect(row.properties.status).toEqual({ const: 'success' });
    expect(row.required).toEqual(['taskType', 'taskUUID', 'videoUUID', 'status', 'videoURL']);
  });
});

test('a changelog says of a field in the request that it is gone only where it is', async () => {
  for (const { change } of cases.refactorings) {
    const written = frozenDocument();
    change(written);
    const document = await compose(written, locations.overlays);
    expect(changelogOf(describeChanges(before, document))).not.toMatch(/gone|no longer|is new/);
  }
});
