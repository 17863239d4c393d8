import { type Parameter, parameters } from '@sync3/generated/parameters';
import { expect, test } from 'vitest';
import { type Columns, columnsOf, csvColumns } from '../../src/manifest/csv-columns.ts';
import { csvEntries } from '../../src/manifest/csv-entries.ts';

/** A parameter with nothing special about it. */
function parameter(
  path: string,
  type: Parameter['type'],
  more: Partial<Parameter> = {},
): Parameter {
  const kind = { isMedia: false, isNullable: false, isDeprecated: false, rules: [] };
  return { path: path.split('.'), type, isRequired: false, ...kind, ...more };
}

/** A document that nobody has written: one parameter of each kind, at each kind of place. */
const columns = columnsOf([
  parameter('kind', 'string', { isRequired: true, choices: [{ value: 'invention' }] }),
  parameter('kinds', 'string', { isRequired: true, choices: [{ value: 'a' }, { value: 'b' }] }),
  parameter('taskUUID', 'string', { isRequired: true }),
  parameter('seed', 'integer'),
  parameter('inputs', 'object', { isRequired: true }),
  parameter('inputs.image', 'string', { isRequired: true, isMedia: true }),
  parameter('settings', 'object'),
  parameter('settings.temperature', 'number'),
  parameter('settings.caption', 'string', { isRequired: true }),
  parameter('settings.loop', 'boolean', { isDeprecated: true }),
  parameter('settings.tags', 'object'),
  parameter('settings.scenes', 'array'),
  parameter('settings.scenes.[]', 'object'),
  parameter('settings.scenes.[].startTime', 'number'),
  parameter('settings.extra', 'any'),
]);

async function entriesOf(content: string, of: Columns = columns) {
  async function* blocks() {
    yield { text: content, firstLine: 1 };
  }
  const entries = [];
  for await (const entry of csvEntries('invented.csv', blocks(), { columns: of }))
    entries.push(entry);
  return entries;
}

test('each parameter outside lists that is no object of others has a column', () => {
  expect(columns.types).toEqual({
    key: 'string',
    output: 'string',
    outputs: 'list',
    kinds: 'string',
    seed: 'number',
    'inputs.image': 'string',
    'settings.temperature': 'number',
    'settings.caption': 'string',
    'settings.loop': 'boolean',
    'settings.tags': 'JSON',
    'settings.scenes': 'JSON',
    'settings.extra': 'any',
  });
});

test('columns reach the parameters of an item, each as its type', async () => {
  const names = Object.keys(columns.types).join(',');
  const cells = 'one,,a/b|c,b,7,x.png,0.25,007,TRUE,"{""a"": 1}","[{""startTime"": 0}]",[1]';
  expect(await entriesOf(`${names}\n${cells}\n`)).toEqual([
    {
      line: 2,
      key: 'one',
      outputs: ['a/b', 'c'],
      params: {
        kinds: 'b',
        seed: 7,
        inputs: { image: 'x.png' },
        settings: {
          temperature: 0.25,
          caption: '007',
          loop: true,
          tags: { a: 1 },
          scenes: [{ startTime: 0 }],
          extra: [1],
        },
      },
    },
  ]);
  const [text] = await entriesOf('kinds,inputs.image,settings.extra\na,x.png,[1\n');
  expect(text).toMatchObject({ params: { settings: { extra: '[1' } } });
});

test('columns are required where every task must have the parameter', async () => {
  expect(columns.required).toEqual(['kinds', 'inputs.image']);
  await expect(entriesOf('seed\n7\n')).rejects.toThrow('has no column kinds, inputs.image.');
  await expect(entriesOf('colour\nred\n')).rejects.toThrow(
    '"colour". There are: key, output, outputs, kinds,',
  );
});

test('every parameter of the document that a job may choose can be given by columns', () => {
  const names = Object.keys(csvColumns);
  for (const { path } of parameters.filter(({ type }) => type !== 'object')) {
    const list = path.indexOf('[]');
    const name = path.slice(0, list === -1 ? path.length : list).join('.');
    const isFilledIn = ['taskType', 'model', 'taskUUID'].includes(name);
    expect(isFilledIn || names.includes(name), name).toBe(true);
  }
});
