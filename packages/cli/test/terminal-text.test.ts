import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from '@sync3/mock-server/vitest';
import { describe, expect } from 'vitest';
import { eventsOf, sync3, talk, temporaryFolder, uuidIn } from './command.ts';
import { type RelayedAnswer, type RelayedRequest, startRelay } from './relay.ts';

/** Sets the title of a terminal, clears it, turns the text round, and fakes a line. */
const hostile =
  'a\u001b]0;owned\u0007b\u009b2Jc\u202egpj.exe\u2066d\u200fe\ufefff\u2028g\u061ch\r\nsync3: fake';

/** What steers a terminal or turns text round; the end of a line is expected. */
const steering = /(?!\n)[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u;

function expectHarmless({ stdout, stderr }: { stdout: string; stderr: string }): void {
  expect(stdout).not.toMatch(steering);
  expect(stderr).not.toMatch(steering);
  expect(`${stdout}${stderr}`).not.toContain('\nsync3: fake');
}

/** Changes each row that the API tells of a job. */
const rowsWith = (change: (row: Record<string, unknown>) => object) =>
  function changeRows({ tasks }: RelayedRequest, answer: RelayedAnswer): RelayedAnswer {
    if (tasks[0]?.taskType !== 'getResponse') return answer;
    const { data = [], ...rest } = JSON.parse(answer.text);
    return { ...answer, text: JSON.stringify({ ...rest, data: data.map(change) }) };
  };

const rows = {
  'a video': rowsWith((row) => ({
    ...row,
    ...(row['status'] === 'success' && {
      videoUUID: hostile,
      videoURL: `https://media.example/${hostile}`,
    }),
  })),
  'a failure': rowsWith(({ taskUUID, taskType }) => ({
    ...{ taskUUID, taskType, status: 'error' },
    error: { code: hostile, message: hostile, responseContent: hostile, taskUUID },
  })),
};

describe.each(Object.entries(rows))('%s with characters that steer a terminal', (what, change) => {
  test.for([[], ['--debug'], ['--json']])('is harmless, %j', async (more, { mock }) => {
    const { url } = await startRelay(mock, change);
    const run = await sync3(['run', ...talk, '--base-url', url, ...more], { url: mock.url });
    expect(run.code).toBe(what === 'a video' ? 0 : 1);
    const taskUUID = uuidIn(run.stdout + run.stderr);
    const wait = await sync3(['wait', taskUUID, ...more], { url });
    const status = await sync3(['status', taskUUID, ...more], { url });
    for (const outcome of [run, wait, status]) {
      expectHarmless(outcome);
      expect(outcome.stdout + outcome.stderr).toContain('gpj.exe');
    }
    if (more[0] !== '--json') return;
    const told = eventsOf(status).find(({ event }) => event === 'video' || event === 'failure');
    // Escaped, and not changed.
    expect([told?.['videoUUID'], told?.['code']]).toContain(hostile);
  });
});

test('a refusal in such words is harmless, with its stack too', async ({ mock }) => {
  const { url } = await startRelay(mock, ({ tasks }) => {
    const errors = [{ code: hostile, message: hostile, taskUUID: tasks[0]?.taskUUID }];
    return { status: 400, text: JSON.stringify({ errors }) };
  });
  for (const more of [[], ['--debug'], ['--json', '--debug']]) {
    const outcome = await sync3(['run', ...talk, ...more], { url });
    expect(outcome.code).toBe(2);
    expectHarmless(outcome);
    expect(outcome.stderr).toContain('gpj.exe');
  }
});

describe.skipIf(process.platform === 'win32')('the name of a file', () => {
  test.for([
    ['run', '--video', `${hostile}.mov`, '--audio', hostile],
    ['validate', `${hostile}.json`],
    ['validate', `${hostile}.txt`],
    [hostile],
  ])('is harmless in a message, %#', async (args, { mock }) => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, `${hostile}.json`), '{"inputs": 7}');
    const outcome = await sync3([...args, '--debug'], { url: mock.url, folder });
    expect(outcome.code).toBe(2);
    expectHarmless(outcome);
  });

  test('is harmless as that of a result, and exact in --json', async ({ mock }) => {
    const { url } = mock;
    const folder = temporaryFolder();
    const path = `${hostile}.mp4`;
    expectHarmless(await sync3(['run', ...talk, '-o', path], { url, folder }));
    expect(readdirSync(folder)).toEqual([path]);
    const args = ['run', ...talk, '-o', path, '--force', '--json'];
    const saved = await sync3(args, { url, folder });
    expectHarmless(saved);
    expect(eventsOf(saved).find(({ event }) => event === 'video')).toMatchObject({ path });
  });
});

test('names in other scripts and emoji of several parts are printed as they are', async ({
  mock,
}) => {
  const folder = temporaryFolder();
  for (const output of ['شیر\u200cها.mp4', '👩\u200d👧.mp4', 'two  spaces.mp4']) {
    const { stdout } = await sync3(['run', ...talk, '-o', output], { url: mock.url, folder });
    expect(stdout).toBe(`${output}\n`);
  }
});
