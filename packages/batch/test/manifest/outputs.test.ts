import { expect, test } from 'vitest';
import { line, planFile } from './plan-file.ts';

const problemsOf = async (...lines: string[]) =>
  (await planFile('clips.jsonl', lines.join('\n'))).problems.map(
    ({ line: at, pointer, reason }) => `${at} ${pointer} ${reason}`,
  );

test('a line of JSON names each of its results; those of one result are its output', async () => {
  const { items, error } = await planFile(
    'clips.json',
    `[${line({ key: 'a', numberResults: 2, outputs: ['de/a', 'b.mp4'] })},
      ${line({ key: 'c', outputs: ['c'] })},
      ${line({ key: 'd', numberResults: 2, output: 'd' })}]`,
  );
  expect(error).toBe('');
  expect(items).toMatchObject([
    { key: 'a', output: 'de/a.mp4', outputs: ['de/a.mp4', 'b.mp4'] },
    { key: 'c', output: 'c.mp4', outputs: null },
    { key: 'd', output: 'd.mp4', outputs: null },
  ]);
});

test('a CSV names them in one cell, divided by |', async () => {
  const { items, error } = await planFile(
    'clips.csv',
    [
      'key,inputs.video,inputs.audio,numberResults,outputs',
      'a,https://example.com/a.mp4,https://example.com/a.wav,3,de/a | en/a.mp4|fr/a',
      'b,https://example.com/a.mp4,https://example.com/a.wav,2,',
    ].join('\n'),
  );
  expect(error).toBe('');
  expect(items).toMatchObject([
    { key: 'a', outputs: ['de/a.mp4', 'en/a.mp4', 'fr/a.mp4'] },
    { key: 'b', outputs: null },
  ]);
});

test('too many and too few names, both kinds of names, and what is no list are wrong', async () => {
  const key = 'a';
  expect(await problemsOf(line({ key, numberResults: 3, outputs: ['a', 'b'] }))).toEqual([
    '1 /outputs Names: 2, and numberResults is 3. Give each result its name.',
  ]);
  expect(await problemsOf(line({ key, outputs: ['a', 'b'] }))).toEqual([
    '1 /outputs Names: 2, and numberResults is 1. Give each result its name.',
  ]);
  expect(await problemsOf(line({ key, outputs: ['a'], output: 'b' }))).toEqual([
    expect.stringMatching(/^1 \/outputs .* not as both\.$/),
  ]);
  for (const outputs of ['a', [1], null, {}]) {
    expect(await problemsOf(line({ key, outputs }))).toEqual([
      '1 /outputs It must be a list of strings.',
    ]);
  }
});

test('each name keeps the rules of names, and no two are the same to a file system', async () => {
  const outputs = ['../a', 'b.webm', 'c', 'C.MP4', 'd.1of4', 'nul'];
  const given = line({ key: 'a', numberResults: outputs.length, outputs });
  expect(await problemsOf(given)).toEqual([
    '1 /outputs/0 The name leads out of the output folder ("..").',
    expect.stringMatching(/^1 \/outputs\/1 The name ends in "\.webm"/),
    '1 /outputs/3 The name "C.MP4" is also that of another result.',
    expect.stringMatching(/^1 \/outputs\/4 The name ends like one of several results/),
    expect.stringMatching(/^1 \/outputs\/5 The name has a part that Windows keeps/),
  ]);
});

test.each([
  ['a first name and a second one', { outputs: ['x', 'y'] }, { outputs: ['z', 'X.mp4'] }],
  ['two second names', { outputs: ['x', 'y'] }, { outputs: ['z', 'Y'] }],
  ['an output and a second name', { output: 'y' }, { outputs: ['x', 'y'] }],
  ['a second name and an output', { outputs: ['x', 'y'] }, { output: 'y' }],
])('no two items share a file: %s', async (_, one, other) => {
  const { error, problems, items } = await planFile(
    'clips.jsonl',
    [
      line({ key: 'a', numberResults: 2, ...one }),
      line({ key: 'b', numberResults: 2, ...other }),
    ].join('\n'),
  );
  expect(error).toMatch(/nothing was planned/);
  expect(problems).toMatchObject([
    { line: 2, pointer: expect.stringMatching(/^\/outputs?$/), severity: 'error' },
  ]);
  expect(items).toEqual([]);
});
