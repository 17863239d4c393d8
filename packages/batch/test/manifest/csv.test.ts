import { expect, test } from 'vitest';
import { planFile } from './plan-file.ts';

test('columns are paths, cells have the types of the schema, empty ones are left out', async () => {
  const content = [
    'key, inputs.video ,speech.text,numberResults,includeCost',
    'one,https://example.com/a.mp4,"Say ""hi"", now",2,TRUE',
    '',
    'two,https://example.com/a.mp4,"Two',
    'lines",,',
    'three,https://example.com/a.mp4, 007 ,,false',
  ].join('\r\n');
  const { items, error } = await planFile('clips.csv', content);
  expect(error).toBe('');
  const inputs = { video: 'https://example.com/a.mp4' };
  expect(items.map(({ line, key, parameters }) => ({ line, key, parameters }))).toEqual([
    {
      line: 2,
      key: 'one',
      parameters: {
        inputs,
        speech: { text: 'Say "hi", now' },
        numberResults: 2,
        includeCost: true,
      },
    },
    { line: 4, key: 'two', parameters: { inputs, speech: { text: 'Two\r\nlines' } } },
    {
      line: 6,
      key: 'three',
      parameters: { inputs, speech: { text: ' 007 ' }, includeCost: false },
    },
  ]);
});

test('a line of CSV and the same line of JSON are the same item', async () => {
  const csv = await planFile(
    'a.CSV',
    '\uFEFFinputs.video,inputs.audio,ttl\nhttps://example.com/a.mp4,https://example.com/a.wav,60\n',
  );
  const jsonl = await planFile(
    'a.jsonl',
    '{"ttl":60,"inputs":{"audio":"https://example.com/a.wav","video":"https://example.com/a.mp4"}}',
  );
  expect(csv.items[0]?.payloadHash).toMatch(/^[\da-f]{64}$/);
  expect(csv.items[0]?.taskUUID).toBe(jsonl.items[0]?.taskUUID);
});

test('cells that do not fit are named by line and place', async () => {
  const content = [
    'inputs.video,inputs.audio,ttl,settings.segments,includeCost',
    'https://example.com/a.mp4,"https://example.com/a',
    '.wav",60,,',
    'https://example.com/a.mp4,https://example.com/a.wav,60,,',
    'https://example.com/a.mp4,https://example.com/a.wav,an hour,,yes',
    'https://example.com/a.mp4,,60,[{,',
    'https://example.com/a.mp4,https://example.com/a.wav',
    'https://example.com/a.mp4,https://example.com/b.wav,0x50,,',
  ].join('\n');
  const { problems } = await planFile('clips.csv', content);
  expect(problems.map(({ line, pointer }) => `${line}${pointer}`)).toEqual([
    '2/inputs/audio',
    '5/ttl',
    '5/includeCost',
    '6/settings/segments',
    '7',
    '8/ttl',
  ]);
  expect(problems[4]?.reason).toBe('It has 2 cells, and the header has 5 columns.');
});

test.each([
  ['inputs.video,video\na,b', 'has columns that do not exist: "video". There are: key, output,'],
  ['inputs.video,__proto__\na,b', 'has columns that do not exist: "__proto__"'],
  ['inputs.audio\na', 'has no column inputs.video'],
  ['inputs.video,inputs.audio,inputs.video\na,b,c', 'has the column inputs.video twice.'],
  ['inputs.video,inputs.audio\na,"b\n', 'is no proper CSV near line'],
  ['inputs.video,inputs.audio\na,"b"c\n', 'is no proper CSV near line 2'],
])('a CSV that cannot be understood is refused: %j', async (content, message) => {
  const { error, items } = await planFile('clips.csv', content, { skipInvalid: true });
  expect(error).toContain(message);
  expect(items).toEqual([]);
});
