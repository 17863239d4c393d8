import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { Parameter } from '@sync3/generated/parameters';
import { inspectMedia } from '@sync3/mock-server';
import { test } from '@sync3/mock-server/vitest';
import { describe, expect } from 'vitest';
import { requestForm } from '../src/request/request-options.ts';
import {
  eventsOf,
  media,
  start,
  startOnTerminal,
  sync3,
  talk,
  temporaryFolder,
  uuidIn,
} from './command.ts';

const ctrlC = '\x03';

describe('what is printed where', () => {
  test('stdout has the path alone; stderr has the taskUUID before the job is submitted', async ({
    mock,
  }) => {
    const { url } = mock;
    const folder = temporaryFolder();
    const { code, stdout, stderr } = await sync3(['run', ...talk, '-o', 'out.mp4'], {
      url,
      folder,
    });
    expect({ code, stdout }).toEqual({ code: 0, stdout: 'out.mp4\n' });
    const taskUUID = uuidIn(stderr);
    expect(stderr.indexOf(taskUUID)).toBeLessThan(stderr.indexOf('Submitted'));
    expect(stderr).toMatch(
      /Uploading.*Task.*Submitted.*Rendering.*Downloading.*Done: 1 video, [\d.]+ USD/s,
    );
    expect(stderr).not.toContain('\r');
    expect(stderr).not.toContain('\x1b');
    expect(mock.tasks.filter((job) => job.taskUUID === taskUUID)).toMatchObject([{ charges: 1 }]);
    expect(await inspectMedia(join(folder, 'out.mp4'))).toMatchObject({ video: {}, audio: {} });
    expect(readdirSync(folder)).toEqual(['out.mp4']);
  });

  test('--json prints every event as an object a line on stdout, and nothing else', async ({
    mock,
  }) => {
    const outcome = await sync3(['run', ...talk, '-o', 'out.mp4', '--json'], { url: mock.url });
    expect(outcome).toMatchObject({ code: 0, stderr: '' });
    const names = eventsOf(outcome).map(({ event }) => event);
    const order = ['upload', 'task', 'submitted', 'progress', 'download', 'video', 'result'];
    expect([...new Set(names)]).toEqual(order);
    expect(eventsOf(outcome).at(-1)).toMatchObject({ videos: 1, failures: 0, missing: 0 });
    expect(eventsOf(outcome).at(-2)).toMatchObject({ path: 'out.mp4', bytes: expect.any(Number) });
  });

  test('--quiet prints the result alone, with --json too', async ({ mock }) => {
    const { url } = mock;
    expect(await sync3(['run', ...talk, '-o', 'out.mp4', '--quiet'], { url })).toEqual({
      code: 0,
      stdout: 'out.mp4\n',
      stderr: '',
    });
    const outcome = await sync3(['run', ...talk, '--quiet', '--json'], { url });
    expect(eventsOf(outcome).map(({ event }) => event)).toEqual(['video', 'result']);
  });

  test('without --output the URL of the video is printed', async ({ mock }) => {
    const { code, stdout } = await sync3(['run', ...talk], { url: mock.url });
    expect(code).toBe(0);
    expect((await fetch(stdout.trim())).headers.get('content-type')).toBe('video/mp4');
  });

  test('on a terminal one line shows the upload, the queue, the rendering and the download', async ({
    mock,
  }) => {
    const { url } = mock;
    const { code, output } = await startOnTerminal(['run', ...talk, '-o', 'out.mp4'], { url })
      .outcome;
    expect(code).toBe(0);
    const live = output.split('\r\x1b[K').map((text) => text.trimEnd());
    expect(live.some((text) => /^Uploading {2}\[#+-*\] {2}\d+ % {2}\d s/.test(text))).toBe(true);
    for (const what of ['Queued', 'Rendering', 'Downloading']) {
      expect(live.some((text) => text.startsWith(what))).toBe(true);
    }
    expect(output.endsWith('out.mp4\r\nDone: 1 video, 0.60 USD\r\n')).toBe(true);
  });

  test('the line never wraps, however narrow the terminal', async ({ mock }) => {
    const surroundings = { url: mock.url, columns: 30 };
    const { output } = await startOnTerminal(['run', ...talk, '--quality', '50'], surroundings)
      .outcome;
    const live = output.split('\r\x1b[K').filter((text) => /^(Upl|Que|Ren|Dow)/.test(text));
    expect(live.length).toBeGreaterThan(2);
    for (const text of live) expect(text.split('\r\n')[0]?.length).toBeLessThan(30);
  });

  test('a terminal without a cursor gets plain lines', async ({ mock }) => {
    const surroundings = { url: mock.url, env: { TERM: 'dumb' } };
    const { output } = await startOnTerminal(['run', ...talk], surroundings).outcome;
    expect(output).toContain('Submitted.\r\nQueued\r\n');
    expect(output).not.toContain('\x1b');
  });

  test('errors are red on a terminal, and not with NO_COLOR', async () => {
    const args = ['run', '--video', 'none.mp4'];
    const coloured = await startOnTerminal(args).outcome;
    expect(coloured.output).toContain('\x1b[31msync3:\x1b[39m');
    const plain = await startOnTerminal(args, { env: { NO_COLOR: '1' } }).outcome;
    expect(plain.output).not.toContain('\x1b[31m');
  });

  test('a reader of stdout that leaves early costs neither the job nor a message', async ({
    mock,
  }) => {
    const folder = temporaryFolder();
    const { child, until, outcome } = start(['run', ...talk, '-o', 'out.mp4', '--json'], {
      url: mock.url,
      folder,
    });
    await until(/"upload"/);
    child.stdout.destroy();
    expect(await outcome).toMatchObject({ code: 0, stderr: '' });
    expect(readdirSync(folder)).toEqual(['out.mp4']);
  });
});

describe('files', () => {
  test('several results are numbered', async ({ mock }) => {
    const folder = temporaryFolder();
    const args = ['run', ...talk, '--number-results', '3', '-o', 'a.b.mp4'];
    const { code, stdout, stderr } = await sync3(args, { url: mock.url, folder });
    expect({ code, stdout }).toEqual({ code: 0, stdout: 'a.b-1.mp4\na.b-2.mp4\na.b-3.mp4\n' });
    expect(stderr).toContain('Done: 3 videos, 1.80 USD');
    expect(readdirSync(folder).sort()).toEqual(['a.b-1.mp4', 'a.b-2.mp4', 'a.b-3.mp4']);
  });

  test('a file that exists stays, and nothing is submitted; --force replaces it', async ({
    mock,
  }) => {
    const { url } = mock;
    const folder = temporaryFolder();
    writeFileSync(join(folder, 'out-2.mp4'), 'mine');
    const args = ['run', ...talk, '--number-results', '2', '-o', 'out.mp4'];
    const { submits, uploads } = mock.stats;
    expect(await sync3(args, { url, folder })).toEqual({
      code: 2,
      stdout: '',
      stderr:
        'sync3: "out-2.mp4" exists.\nNext: Write another --output, or replace it with --force.\n',
    });
    expect(mock.stats).toMatchObject({ submits, uploads });
    expect(readFileSync(join(folder, 'out-2.mp4'), 'utf8')).toBe('mine');
    expect(await sync3([...args, '--force'], { url, folder })).toMatchObject({ code: 0 });
    expect((await inspectMedia(join(folder, 'out-2.mp4'))).video).toBeDefined();
  });

  test.each([
    ['missing/out.mp4', 'there is no folder "missing"'],
    ['folder', 'it is not a file'],
  ])('%s cannot be written, and nothing is submitted', async (output, fault) => {
    const folder = temporaryFolder();
    mkdirSync(join(folder, 'folder'));
    const { code, stderr } = await sync3(['run', ...talk, '--force', '-o', output], {
      folder,
      url: 'http://127.0.0.1:9/v1',
    });
    expect(code).toBe(2);
    expect(stderr).toContain(fault);
  });

  test('the name of the file decides the format, unless --format does', async ({ mock }) => {
    const { url } = mock;
    const formatOf = async (...more: string[]) => {
      const { stderr } = await sync3(['run', ...talk, ...more], { url });
      return mock.tasks.find(({ taskUUID }) => taskUUID === uuidIn(stderr))?.task.outputFormat;
    };
    expect(await formatOf('-o', 'out.WebM')).toBe('WEBM');
    expect(await formatOf('-o', 'out.webm', '--format', 'mov')).toBe('MOV');
    expect(await formatOf('-o', 'out.mp4')).toBeUndefined();
  });
});

describe('exit codes', () => {
  test('1 when every result failed, with the reason', async ({ mock }) => {
    mock.faults.add({ on: 'submit', kind: 'failed-results', code: 'providerTimeout' });
    const outcome = await sync3(['run', ...talk, '--json'], { url: mock.url });
    expect(outcome.code).toBe(1);
    expect(eventsOf(outcome).at(-1)).toMatchObject({
      event: 'error',
      exitCode: 1,
      failures: [{ code: 'providerTimeout' }],
    });
    expect(outcome.stderr).toMatch(/^sync3: Task .* failed: .*\nNext: .*\n$/);
  });

  test('5 when some failed; those that succeeded are saved', async ({ mock }) => {
    mock.faults.add({ on: 'submit', kind: 'failed-results', results: [0] });
    const folder = temporaryFolder();
    const args = ['run', ...talk, '--number-results', '2', '-o', 'out.mp4'];
    const { code, stdout, stderr } = await sync3(args, { url: mock.url, folder });
    expect({ code, stdout }).toEqual({ code: 5, stdout: 'out-1.mp4\n' });
    expect(stderr).toMatch(/Failed: .* \(timeoutProvider\).*\nDone: 1 video, 1 failed/);
    expect(readdirSync(folder)).toEqual(['out-1.mp4']);
  });

  test('3 without a key, with one that cannot be used, and when the API refuses it', async ({
    mock,
  }) => {
    const { url } = mock;
    for (const RUNWARE_API_KEY of [undefined, '', 'a b']) {
      const { code, stderr } = await sync3(['run', ...talk], { url, env: { RUNWARE_API_KEY } });
      expect(code).toBe(3);
      expect(stderr).toMatch(/^sync3: .*API key.*\nNext: Set RUNWARE_API_KEY .*--mock\n$/);
    }
    for (const status of [401, 402, 403] as const) {
      mock.faults.add({ on: 'any', kind: 'status', status, times: 9 });
      const { code, stderr } = await sync3(['run', ...talk], { url });
      expect({ status, code }).toEqual({ status, code: 3 });
      expect(stderr).toContain('Next: Check RUNWARE_API_KEY and the balance of the account.');
      mock.faults.clear();
    }
  });

  test('4 when nobody answers', async () => {
    const args = ['run', '--base-url', 'http://127.0.0.1:9/v1', '--video', uuid, '--audio', uuid];
    const { code, stderr } = await sync3(args);
    expect(code).toBe(4);
    expect(stderr).toMatch(/Trying again in [\d.]+ s.*\nsync3: .*127.0.0.1:9.*\nNext: /s);
  });

  test('4 with the command that attaches, when the submit may have been accepted', async ({
    mock,
  }) => {
    mock.faults.add({
      on: 'submit',
      kind: 'status',
      status: 503,
      retryAfterSeconds: 0.01,
      times: 9,
    });
    const { code, stderr } = await sync3(['run', ...talk, '-o', "it's.mp4"], { url: mock.url });
    expect(code).toBe(4);
    expect(stderr).toContain(`Next: sync3 wait ${uuidIn(stderr)} -o 'it'\\''s.mp4'\n`);
    expect(stderr).not.toContain('tasks.attach');
  });

  test('4 when the job has not settled within --timeout; it can be waited for', async ({
    mock,
  }) => {
    const { url } = mock;
    mock.faults.add({ on: 'poll', kind: 'empty-data', times: 2 });
    const first = await sync3(['run', ...talk, '--timeout', '1'], { url });
    expect(first.code).toBe(4);
    const [, next = ''] = /Next: sync3 (.*)\n/.exec(first.stderr) ?? [];
    expect(await sync3(next.split(' '), { url })).toMatchObject({ code: 0 });
  });

  test('2 with all that is wrong when the request breaks rules; nothing is sent', async () => {
    const numbers = requestForm.options.flatMap(({ name, parameter: { minimum } }) =>
      minimum === undefined ? [] : [{ name, value: minimum - 1 }],
    );
    const options = numbers.map(({ name, value }) => `--${name}=${value}`);
    const args = ['run', '--video', media.video, ...options];
    const { code, stderr } = await sync3(args, { url: 'http://127.0.0.1:9/v1' });
    expect(code).toBe(2);
    expect(stderr).toMatch(/^sync3: The request was not sent.*--audio.*\nNext: .*\n$/);
    for (const { name } of numbers) expect(stderr).toMatch(`--${name} must be a`);
    expect(stderr).not.toMatch(/inputs\.|speech\.|settings\.segments|outputQuality/);
  });

  test('70 with a request for a report when sync3 itself fails', async () => {
    // Its temporary folder is none, which no code foresees.
    const args = ['run', '--mock', ...talk];
    const { code, stderr } = await sync3(args, { env: { TMPDIR: '/none/at/all' } });
    expect(code).toBe(70);
    expect(stderr).toMatch(/sync3: An unexpected error: .*\nNext: Run it again with --debug/);
  });

  test('--debug adds the stack', async () => {
    const { stderr } = await sync3(['run', '--video', 'none.mp4', '--debug']);
    expect(stderr).toMatch(/\nCommandError: .*\n {4}at /);
  });
});

/** A value that an option takes. */
function sampleOf(parameter: Parameter): string | number | boolean {
  const { choices, type, minimum = 0, exclusiveMinimum, minLength = 1, format } = parameter;
  if (parameter.isMedia) return media.video;
  if (choices) return choices.at(-1)?.value ?? '';
  if (type === 'boolean') return true;
  if (type === 'integer' || type === 'number') {
    return exclusiveMinimum === undefined ? minimum : exclusiveMinimum + 1;
  }
  if (format === 'uri') return 'http://127.0.0.1:9/hook';
  return format === 'uuid' ? '0c3f4a52-7d1e-4b8a-9f60-5e2d1c7b9a34' : 'a'.repeat(minLength);
}

const uuid = 'b3d1f2a4-5c6e-4f70-8a91-b2c3d4e5f607';

describe('videos and voices', () => {
  const submitted = async (
    mock: { url: string; tasks: readonly { taskUUID: string; task: unknown }[] },
    args: string[],
    folder?: string,
  ) => {
    const { url } = mock;
    const outcome = await sync3(['submit', ...args], { url, ...(folder && { folder }) });
    const job = mock.tasks.find(({ taskUUID }) => outcome.stdout.includes(taskUUID));
    return { ...outcome, task: job?.task };
  };

  test('a file, a URL and the UUID of an upload are told apart', async ({ mock }) => {
    const { stdout } = await sync3(['upload', media.video], { url: mock.url });
    const mediaUUID = uuidIn(stdout);
    const fileURL = `${new URL('/files/none.wav', mock.url)}`;
    const { uploads } = mock.stats;
    const { task } = await submitted(mock, ['--video', mediaUUID, '--audio', fileURL]);
    expect(task).toMatchObject({ inputs: { video: mediaUUID, audio: fileURL } });
    expect(mock.stats.uploads).toBe(uploads);
  });

  test('a file that is named like a UUID is ambiguous, and with its folder is not', async ({
    mock,
  }) => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, uuid), readFileSync(media.video));
    const ambiguous = await submitted(mock, ['--video', uuid, '--audio', media.audio], folder);
    expect(ambiguous.code).toBe(2);
    expect(ambiguous.stderr).toMatch(/--video ".*" is ambiguous.*\nNext: Write \.\/b3d1/);
    const clear = await submitted(mock, ['--video', `./${uuid}`, '--audio', media.audio], folder);
    expect(clear.code).toBe(0);
  });

  test.each([
    ['none.mp4', 'is a file that does not exist'],
    ['ftp://example.com/a.mp4', 'begins with ftp:'],
    ['data:video/mp4;base64,AAAA', 'begins with data:'],
    ['', 'does not exist'],
    ['.', 'it is not a file'],
  ])('"%s" is none of the three', async (value, fault) => {
    const args = ['run', `--video=${value}`, '--audio', media.audio];
    const { code, stderr } = await sync3(args, { url: 'http://127.0.0.1:9/v1' });
    expect(code).toBe(2);
    expect(stderr).toContain(fault);
  });

  test('--params is the base; its paths are seen from its folder, and options replace it', async ({
    mock,
  }) => {
    const folder = temporaryFolder();
    mkdirSync(join(folder, 'job'));
    writeFileSync(join(folder, 'job', 'talk.mp4'), readFileSync(media.video));
    const request = {
      inputs: { video: 'talk.mp4', audio: 'not-there.wav' },
      settings: { syncMode: 'remap' },
      outputQuality: 40,
      includeCost: false,
    };
    writeFileSync(join(folder, 'job', 'request.json'), JSON.stringify(request));
    const args = ['--params', 'job/request.json', '--text', 'Good evening.', '--quality', '50'];
    const { task } = await submitted(mock, args, folder);
    expect(task).toMatchObject({
      inputs: { video: expect.stringMatching(/^[\da-f-]{36}$/) },
      speech: { text: 'Good evening.', voice: 'auto' },
      settings: { syncMode: 'remap' },
      outputQuality: 50,
      includeCost: false,
    });
    expect(task).not.toHaveProperty('inputs.audio');
  });

  test('every option is in the request that is sent', async ({ mock }) => {
    // The voice comes from one place, and a frame needs a point in it.
    const others = ['inputs.audio', 'settings.segments'];
    const sent = requestForm.options.filter(
      ({ parameter: { path } }) => !others.includes(path.join('.')),
    );
    const hasFrame = sent.some(({ parameter: { path } }) => path.at(-1) === 'frameNumber');
    const { task } = await submitted(mock, [
      ...sent.map(({ name, parameter }) => `--${name}=${sampleOf(parameter)}`),
      ...(hasFrame ? ['--set', 'settings.activeSpeakerDetection.coordinates=[10, 20]'] : []),
    ]);
    for (const { name, parameter } of sent) {
      const value = parameter.path.reduce((holder, key) => Object(holder)[key], task as unknown);
      if (!parameter.isMedia) expect({ [name]: value }).toEqual({ [name]: sampleOf(parameter) });
    }
  });

  test('a text may begin with a dash, a format has any case, and the cost is asked for', async ({
    mock,
  }) => {
    const text = ['--video', media.video, '--text=-not an option', '--format', 'webm'];
    expect((await submitted(mock, text)).task).toMatchObject({
      speech: { text: '-not an option', voice: 'auto' },
      outputFormat: 'WEBM',
      includeCost: true,
    });
  });

  test('segments come from a file, and what several of them use is uploaded once', async ({
    mock,
  }) => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, 'line.wav'), readFileSync(media.audio));
    const segments = [
      { startTime: 0, endTime: 1, audio: 'line.wav' },
      { startTime: 1, endTime: 2, audio: './line.wav' },
    ];
    writeFileSync(join(folder, 'segments.json'), JSON.stringify(segments));
    const { uploads } = mock.stats;
    const args = ['--video', media.video, '--segments', 'segments.json'];
    const { task, code } = await submitted(mock, args, folder);
    expect(code).toBe(0);
    expect(task).toMatchObject({ settings: { segments: [{ startTime: 0 }, { endTime: 2 }] } });
    expect(mock.stats.uploads).toBe(uploads + 2);
  });

  test('two voices are an error that names both options', async () => {
    const { code, stderr } = await sync3(['run', ...talk, '--text', 'a'], {
      url: 'http://127.0.0.1:9',
    });
    expect(code).toBe(2);
    expect(stderr).toMatch(/audio.*text.*mutually exclusive/);
  });
});

test('the same --idempotency-key is one job, paid for once, and delivered again', async ({
  mock,
}) => {
  const { url } = mock;
  const folder = temporaryFolder();
  const args = ['run', ...talk, '--idempotency-key', 'order-1042'];
  const first = await sync3([...args, '-o', 'a.mp4'], { url, folder });
  const second = await sync3([...args, '-o', 'b.mp4'], { url, folder });
  expect([first.code, second.code]).toEqual([0, 0]);
  expect(second.stderr).toContain('was submitted before');
  const taskUUID = uuidIn(first.stderr);
  expect(mock.tasks.filter((job) => job.taskUUID === taskUUID)).toMatchObject([{ charges: 1 }]);
  expect(readFileSync(join(folder, 'a.mp4'))).toEqual(readFileSync(join(folder, 'b.mp4')));
});

test('there is no --api-key, as other users could read it', async () => {
  const { code, stderr } = await sync3(['run', ...talk, '--api-key', 'x']);
  expect(code).toBe(2);
  expect(stderr).toMatch(/^sync3: Unknown arguments?: .*api-key.*\nNext: sync3 run --help\n$/);
});

test('with --mock no key is needed, and the server ends with the command', async () => {
  const folder = temporaryFolder();
  const env = { RUNWARE_API_KEY: undefined };
  const { code, stdout } = await sync3(['run', '--mock', ...talk, '-o', 'out.mp4'], {
    folder,
    env,
  });
  expect({ code, stdout }).toEqual({ code: 0, stdout: 'out.mp4\n' });
  expect(existsSync(join(folder, basename('out.mp4')))).toBe(true);
});

test('Ctrl-C during the upload stops it, and nothing is submitted', async ({ mock }) => {
  mock.faults.add({ on: 'upload', kind: 'stall' });
  const { submits } = mock.stats;
  const { until, press, outcome } = startOnTerminal(['run', ...talk], { url: mock.url });
  await until(/Uploading/);
  press(ctrlC);
  const { code, output } = await outcome;
  expect(code).toBe(130);
  expect(output).toContain('Stopped. Nothing was submitted.');
  expect(mock.stats.submits).toBe(submits);
});
