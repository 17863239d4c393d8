import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { line, planFile } from './plan-file.ts';

test('each line is the parameters, with key and output beside them', async () => {
  const content = [
    line({ key: 'one', output: 'folder/one' }),
    '',
    `  ${line({ key: 'two', outputFormat: 'WEBM' })}\r`,
    line({ key: 'three', settings: { syncMode: 'remap' } }),
  ].join('\n');
  const { items, summary } = await planFile('clips.jsonl', content);
  expect(summary).toMatchObject({
    planned: 3,
    sha256: createHash('sha256').update(content).digest('hex'),
  });
  expect(items.map(({ line, key, output, source }) => [line, key, output, source])).toEqual([
    [1, 'one', 'folder/one.mp4', 'clips.jsonl'],
    [3, 'two', 'two.webm', 'clips.jsonl'],
    [4, 'three', 'three.mp4', 'clips.jsonl'],
  ]);
  expect(items[0]?.parameters).toEqual(JSON.parse(line()));
});

test('a byte order mark and line ends of Windows are accepted', async () => {
  const content = `\uFEFF${line({ key: 'a' })}\r\n\r\n${line({ key: 'b' })}\r\n`;
  const { items, error } = await planFile('clips.jsonl', content);
  expect(error).toBe('');
  expect(items.map(({ line, key }) => [line, key])).toEqual([
    [1, 'a'],
    [3, 'b'],
  ]);
});

test('each wrong line is named with its place and the reason', async () => {
  const content = [
    line(),
    '{"inputs":',
    '[1]',
    '"text"',
    JSON.stringify({ inputs: { video: 'https://example.com/a.mp4' } }),
    line({ settings: { syncMode: 'sideways' }, numberResults: 21 }),
    line({ key: 7, output: false }),
    line({ key: ' a' }),
    line({ key: 'a\u0007' }),
    line({ key: 'x'.repeat(501) }),
    line({ key: 'a:b' }),
    line({ taskUUID: '00000000-0000-4000-8000-000000000001' }),
    line({ inputs: { video: 'sha256:00', audio: 'https://example.com/a.wav' } }),
    `{"settings":${'['.repeat(100_000)}${']'.repeat(100_000)}}`,
  ].join('\n');
  const { problems, error, items } = await planFile('clips.jsonl', content, { longestReport: 100 });
  const found = problems.map(({ line, pointer, reason }) => `${line}${pointer} ${reason}`);
  expect(found).toEqual([
    expect.stringMatching(/^2 It is not JSON: /),
    '3 It must be an object: the parameters of a request.',
    '4 It must be an object: the parameters of a request.',
    '5 Give exactly one of inputs.audio, speech, settings.segments, not none.',
    expect.stringMatching(/^6\/settings\/syncMode settings.syncMode must be bounce/),
    expect.stringMatching(/^6\/numberResults numberResults must be a whole number/),
    '7/key It must be a string that is not empty.',
    '7/output It must be a string.',
    '8/key It has control characters, or white space at its edges.',
    '9/key It has control characters, or white space at its edges.',
    '10/key It has more than 500 bytes.',
    expect.stringMatching(
      /^11\/key It cannot be the name of the result, as it has the character ":"/,
    ),
    '12/taskUUID Leave it out: the batch derives it, so that no job is paid for twice.',
    '13/inputs/video It is no URL; name the file instead of its hash.',
    '14 It is nested too deeply.',
  ]);
  expect(error).toContain('13 lines are wrong; nothing was planned.\n  line 2: It is not JSON');
  expect(items).toEqual([]);
});

test('lines longer than a piece that is read at a time are read whole', async () => {
  const text = '😀é'.repeat(1000);
  const inputs = { video: 'https://example.com/a.mp4' };
  const lines = Array.from({ length: 300 }, (_, index) =>
    JSON.stringify({ key: `k${index}`, inputs, speech: { text } }),
  );
  const boxes = Array.from({ length: 40_000 }, (_, index) => [index, 2, 3, 4]);
  const wide = line({
    key: 'wide',
    settings: { activeSpeakerDetection: { boundingBoxes: boxes } },
  });
  const { items, error } = await planFile('clips.jsonl', [...lines, wide].join('\n'));
  expect(error).toBe('');
  expect(items).toHaveLength(301);
  for (const item of items.slice(0, 300)) expect(item.parameters['speech']).toEqual({ text });
  expect(items[300]).toMatchObject({
    line: 301,
    parameters: { settings: { activeSpeakerDetection: { boundingBoxes: boxes } } },
  });
});
