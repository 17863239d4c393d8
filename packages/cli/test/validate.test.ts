import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { model } from '@sync3/generated/constants';
import { expect, test } from 'vitest';
import {
  eventsOf,
  media,
  type Surroundings,
  startOnTerminal,
  sync3,
  temporaryFolder,
} from './command.ts';

const wireTask = {
  taskType: 'videoInference',
  taskUUID: 'b3d1f2a4-5c6e-4f70-8a91-b2c3d4e5f607',
  model,
  inputs: { video: 'https://example.com/a.mp4', audio: 'https://example.com/a.wav' },
};

/** `validate` needs neither a key nor a network. */
const offline = { RUNWARE_API_KEY: undefined, RUNWARE_BASE_URL: 'http://127.0.0.1:9/v1' };

async function validate(stdin: string | Buffer, ...more: string[]) {
  return sync3(['validate', '-', ...more], { stdin, env: offline });
}

function lines(...lines: string[]): string {
  return lines.join('\n');
}

test('a request without faults is exit code 0, and nothing on stdout', async () => {
  const { code, stdout, stderr } = await validate(JSON.stringify(wireTask));
  expect({ code, stdout }).toEqual({ code: 0, stdout: '' });
  expect(stderr).toBe('stdin: 1 request, 0 errors, 0 warnings\n');
});

test('each issue stands at its place in the file', async () => {
  const folder = temporaryFolder();
  const text = lines(
    '{',
    '  "inputs": { "video": "https://example.com/a.mp4" },',
    '  "speech": { "text": 5 },',
    '  "settings": {',
    '    "syncMode": 5',
    '  },',
    '  "numberResult": 2,',
    '  "includeCost": 5',
    '}',
  );
  writeFileSync(join(folder, 'request.json'), text);
  const { code, stdout, stderr } = await sync3(['validate', 'request.json'], {
    folder,
    env: offline,
  });
  expect(code).toBe(2);
  const places = stdout
    .trimEnd()
    .split('\n')
    .map((line) => line.replace(/ (must|is not).*\[/, ' ['));
  expect(places.sort()).toEqual([
    'request.json:3:23 error speech.text [speech.text.type]',
    'request.json:5:17 error settings.syncMode [settings.syncMode.type]',
    'request.json:7:3 error numberResult [additionalProperties]',
    'request.json:8:18 error includeCost [includeCost.type]',
  ]);
  expect(stderr).toBe('request.json: 1 request, 4 errors, 0 warnings\n');
});

test('what is missing is shown where it belongs', async () => {
  const { stdout } = await validate(lines('{', `  "model": "${model}",`, '  "inputs": {}', '}'));
  expect(stdout).toContain('stdin:3:13 error inputs.video is missing');
  expect(stdout).toContain('stdin:1:1 error taskUUID is missing');
});

test('a list is a list of requests, each checked as what it is', async () => {
  const { video, audio } = media;
  const text = lines(
    '[',
    `  ${JSON.stringify(wireTask)},`,
    `  ${JSON.stringify({ inputs: { video, audio } })},`,
    '  { "taskType": "videoInference" },',
    '  7',
    ']',
  );
  const { code, stdout, stderr } = await validate(text);
  expect(code).toBe(2);
  expect(stdout).not.toMatch(/stdin:[23]:/);
  expect(stdout).toMatch(/^stdin:4:3 error .*inputs is missing/m);
  expect(stdout).toMatch(/^stdin:5:3 error/m);
  expect(stderr).toContain('stdin: 4 requests,');
});

test('a local file in params must exist, seen from the folder of the request', async () => {
  const folder = temporaryFolder();
  writeFileSync(join(folder, 'a.mp4'), 'video');
  const request = { inputs: { video: 'a.mp4', audio: 'b.wav' } };
  writeFileSync(join(folder, 'request.json'), JSON.stringify(request));
  const path = join(folder, 'request.json');
  const { stdout } = await sync3(['validate', path], { env: offline });
  expect(stdout).toBe(
    `${path}:1:${JSON.stringify(request).indexOf('"b.wav"') + 1} error inputs.audio "b.wav" is a file that does not exist. [local-file]\n`,
  );
});

test('a wire task names no local file', async () => {
  const task = { ...wireTask, inputs: media };
  const { code, stdout } = await validate(JSON.stringify(task));
  expect(code).toBe(2);
  expect(stdout).toContain('inputs.video must be a URL or a mediaUUID');
});

test('warnings are told, and are exit code 0', async () => {
  const { code, stdout } = await validate(
    JSON.stringify({ ...wireTask, safety: { mode: 'fast' } }),
  );
  expect(code).toBe(0);
  expect(stdout).toMatch(/^stdin:1:\d+ warning .*\[safety-incomplete\]\n$/);
});

test('--json prints each issue with file, line, column, pointer and rule', async () => {
  const outcome = await validate('{\r\n"inputs": 1}', '--json');
  const [issue] = eventsOf(outcome).filter(({ rule }) => rule === 'inputs.type');
  expect(issue).toEqual({
    event: 'issue',
    file: 'stdin',
    line: 2,
    column: 11,
    rule: 'inputs.type',
    path: '/inputs',
    message: 'inputs must be an object.',
    severity: 'error',
    origin: 'schema',
  });
  expect(eventsOf(outcome).at(-1)).toMatchObject({ event: 'checked', requests: 1 });
});

test('of a property that is given twice the last one counts, for its value and for its place', async () => {
  const { stdout } = await validate(lines('{"inputs": {},', ' "inputs": 1}'));
  expect(stdout).toContain('stdin:2:12 error inputs must be');
});

test('names with / and ~ are found', async () => {
  const { stdout } = await validate(lines('{', ' "a/b~c": 1,', ' "a~1b": 1', '}'));
  expect(stdout).toMatch(/^stdin:2:2 error .*\[additionalProperties\]$/m);
  expect(stdout).toMatch(/^stdin:3:2 error .*\[additionalProperties\]$/m);
});

test.each<[string, string | Buffer, string]>([
  ['nothing', '', 'stdin:1:1 is no JSON'],
  ['a comment', '{\n // a\n}', 'stdin:2:2 is no JSON: invalid comment token'],
  ['a comma too many', '{"a": 1,\n}', 'stdin:2:1 is no JSON'],
  ['a cut file', '{"a": ', 'is no JSON'],
  ['two values', '{} {}', 'stdin:1:4 is no JSON'],
  ['a control character', '{"a": "\u0001"}', 'is no JSON'],
  ['NaN', '{"a": NaN}', 'stdin:1:7 is no JSON'],
  ['a video', Buffer.from([0, 0, 0, 0x1c, 0xff, 0xd8]), '"stdin" is no text'],
  ['a deep list', '['.repeat(100_000), 'stdin'],
])('%s is one line with the place, and exit code 2', async (_, text, fault) => {
  const { code, stdout, stderr } = await validate(text);
  expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
  expect(stderr).toContain(fault);
  expect(stderr).toMatch(/^sync3: .*\nNext: .*\n$/);
});

test.each([
  ['.', 'it is a folder'],
  ['none.json', 'it does not exist'],
])('%s cannot be read, in words', async (path, fault) => {
  const { code, stderr } = await sync3(['validate', path], { env: offline });
  expect(code).toBe(2);
  expect(stderr).toBe(
    `sync3: Cannot read "${path}": ${fault}.\nNext: Correct it and run the command again; --help shows how.\n`,
  );
});

test('files of Windows are read: with a byte order mark, in UTF-16', async () => {
  const json = JSON.stringify(wireTask);
  for (const file of [`\ufeff${json}`, Buffer.from(`\ufeff${json}`, 'utf16le')]) {
    expect(await validate(file)).toMatchObject({ code: 0 });
  }
});

test('on a terminal the issues are the same', async () => {
  const folder = temporaryFolder();
  writeFileSync(join(folder, 'request.json'), '{"inputs": 1}');
  const surroundings: Surroundings = { folder, env: offline };
  const { code, output } = await startOnTerminal(['validate', 'request.json'], surroundings)
    .outcome;
  expect(code).toBe(2);
  expect(output).toContain('request.json:1:12 error inputs must be an object. [inputs.type]\r\n');
});
