import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { OpenApiDocument } from '../../src/compose.ts';
import { generateClient } from '../../src/generate-client.ts';
import { locations } from '../../src/locations.ts';
import { readParameters } from '../../src/parameters/read-parameters.ts';
import { taskDocument } from '../parameters/task-document.ts';

const constants = {
  taskType: { const: 'invented' },
  model: { const: 'a' },
  deliveryMethod: { const: 'async' },
};

/** The comment that the generated types have on `it`, as an editor would read it. */
async function commentOn(it: object, components: Record<string, unknown> = {}): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'sync3-comments-'));
  try {
    await generateClient(taskDocument({ ...constants, it }, {}, components), folder);
    const types = await readFile(join(folder, 'types.gen.ts'), 'utf8');
    const [, comment = ''] = /\/\*\*((?:(?!\/\*\*)[\s\S])*?)\*\/\s+it\?:/.exec(types) ?? [];
    return comment.replace(/^\s*\* ?/gm, '').trim();
  } finally {
    await rm(folder, { recursive: true });
  }
}

test.each([
  [{ type: 'number', minimum: 0, maximum: 1 }, 'A number from 0 to 1.'],
  [{ type: 'integer', minimum: 60 }, 'A whole number of at least 60.'],
  [{ type: 'integer', maximum: 9 }, 'A whole number of at most 9.'],
  [{ type: 'integer' }, 'A whole number.'],
  [{ type: 'number', multipleOf: 0.1 }, 'A number, a multiple of 0.1.'],
  [
    { type: 'number', exclusiveMinimum: 0, maximum: 5, multipleOf: 0.01 },
    'A number of at most 5 and greater than 0, a multiple of 0.01.',
  ],
  [{ type: 'string', minLength: 1, maxLength: 5000 }, '1 to 5,000 characters.'],
  [{ type: 'string', maxLength: 1 }, 'At most 1 character.'],
  [{ type: 'string', minLength: 3, maxLength: 3 }, 'Exactly 3 characters.'],
  [{ type: 'array', items: { type: 'string' }, minItems: 1 }, 'At least 1 element.'],
  [{ type: 'string', pattern: '^a+$' }, 'Matches `^a+$`.'],
  [
    { type: 'string', anyOf: [{ format: 'uuid' }, { format: 'uri' }] },
    'A URL, or the UUID of stored media.',
  ],
  [{ type: 'string', default: 'a' }, "@default 'a'"],
  [{ type: 'array', items: { type: 'number' }, default: [0.5, 1] }, '@default [ 0.5, 1 ]'],
  [{ type: 'boolean', default: false }, '@default false'],
])('%j is explained', async (schema, comment) => {
  expect(await commentOn(schema)).toBe(comment);
});

test('words come first, then range, choices, default, and that it is deprecated', async () => {
  const comment = await commentOn({
    title: 'It',
    description: 'What it is.',
    type: 'string',
    oneOf: [
      { const: 'a', description: 'The first\nof two.' },
      { const: 'b', title: 'Other' },
    ],
    default: 'a',
    deprecated: true,
  });
  expect(comment.split(/\n+/)).toEqual([
    'It',
    'What it is.',
    '- `a`: The first of two.',
    '- `b`: Other',
    "@default 'a'",
    '@deprecated',
  ]);
});

test('the words on the only choice do not stand in for those on the property', async () => {
  const only = { const: 'a', title: 'A', description: 'The only one.' };
  const comment = await commentOn({ title: 'It', description: 'What it is.', oneOf: [only] });
  expect(comment.split(/\n+/)).toEqual(['It', 'What it is.', '- `a`: The only one.']);
});

test('a property that refers to a component has its words, or its own and the facts', async () => {
  const Share = { title: 'Share', description: 'A share.', type: 'number', minimum: 0 };
  const reference = { $ref: '#/components/schemas/Share' };
  const fact = 'A number of at least 0.';
  expect((await commentOn(reference, { Share })).split(/\n+/)).toEqual(['Share', 'A share.', fact]);
  const own = { ...reference, description: 'Of all.', default: 1 };
  const lines = (await commentOn(own, { Share })).split(/\n+/);
  expect(lines).toEqual(['Share', 'Of all.', fact, '@default 1']);
});

test('a default cannot end its comment', async () => {
  const comment = await commentOn({ type: 'string', default: '*/ export const evil = 1; /*' });
  expect(comment).toContain('evil');
});

test('the committed types say every default and the meaning of every choice', async () => {
  const document: OpenApiDocument = JSON.parse(await readFile(locations.composed, 'utf8'));
  const types = await readFile(join(locations.generatedClient, 'types.gen.ts'), 'utf8');
  const counted = readParameters(document).filter((parameter) => 'default' in parameter);
  expect(types.match(/\* @default /g)?.length).toBeGreaterThanOrEqual(counted.length);
  for (const { choices = [] } of readParameters(document)) {
    for (const { value, description } of choices) {
      if (description) expect(types).toContain(`- \`${value}\`: ${description}`);
    }
  }
});
