import { randomUUID } from 'node:crypto';
import { readdirSync } from 'node:fs';
import { test } from '@sync3/mock-server/vitest';
import { describe, expect } from 'vitest';
import { eventsOf, media, sync3, talk, temporaryFolder, uuidIn } from './command.ts';
import { startRelay } from './relay.ts';

/** A job from stored files, so that two of its requests can be compared. */
async function storedJob(url: string, text: string) {
  const uploaded = await sync3(['upload', media.video], { url });
  const video = `http://media.example/${uuidIn(uploaded.stdout)}.mp4`;
  return ['--video', video, '--text', text];
}

describe('an --idempotency-key that was used before', () => {
  test.for(['run', 'submit'])(
    'for another request is refused by %s: exit code 2, both are named, nothing is delivered',
    async (command, { mock }) => {
      const { url } = mock;
      const folder = temporaryFolder();
      const key = ['--idempotency-key', randomUUID()];
      const job = await storedJob(url, 'Good evening.');
      const first = await sync3(['submit', ...job, ...key], { url });
      const { submits } = mock.stats;
      const output = command === 'run' ? ['-o', 'out.mp4'] : [];
      const args = [command, ...job, '--text', 'Good morning.', ...key, ...output, '--json'];
      const second = await sync3(args, { url, folder });
      expect(second.code).toBe(2);
      expect(second.stderr).toMatch(/^sync3: --idempotency-key ".*" .*another request/);
      expect(second.stderr).toContain(first.stdout.trim());
      expect(eventsOf(second).at(-1)).toMatchObject({ taskUUID: first.stdout.trim() });
      expect(readdirSync(folder)).toEqual([]);
      expect(mock.stats.submits).toBe(submits);
    },
  );

  test('for the same request is that job, without a warning', async ({ mock }) => {
    const { url } = mock;
    const args = ['submit', ...(await storedJob(url, 'Hello.')), '--idempotency-key', randomUUID()];
    const first = await sync3(args, { url });
    const second = await sync3(args, { url });
    expect(second).toMatchObject({ code: 0, stdout: first.stdout });
    expect(second.stderr).not.toContain('Warning');
  });

  test('for a request that cannot be compared is that job, and says so', async ({ mock }) => {
    const { url } = mock;
    const args = ['submit', ...talk, '--idempotency-key', randomUUID()];
    const first = await sync3(args, { url });
    const second = await sync3(args, { url });
    expect(second).toMatchObject({ code: 0, stdout: first.stdout });
    expect(second.stderr).toMatch(/Warning: --idempotency-key ".*" could not be compared/);
    const third = await sync3([...args, '--json'], { url });
    expect(eventsOf(third).map(({ event }) => event)).toEqual(
      expect.arrayContaining(['known', 'warning', 'job']),
    );
  });
});

test('a taskUUID of --params that is in use is taken as that job, and the user is told to make sure', async ({
  mock,
}) => {
  const { url } = mock;
  const taskUUID = randomUUID();
  const request = { taskUUID, inputs: { video: 'http://media.example/a.mp4' } };
  const submit = (text: string) =>
    sync3(['submit', '--params', '-', '--text', text], { url, stdin: JSON.stringify(request) });
  expect(await submit('Good evening.')).toMatchObject({ code: 0 });
  const { code, stderr } = await submit('Good evening.');
  expect(code).toBe(0);
  expect(stderr).toMatch(/^Warning: The taskUUID of the request could not be compared/m);
});

test('a refusal after a submit that may have been accepted is not exit code 2', async ({
  mock,
}) => {
  let submits = 0;
  const { url } = await startRelay(mock, ({ tasks: [task] }, answer) => {
    if (task?.taskType === 'getResponse') return { status: 200, text: '{"data": []}' };
    if (task?.taskType !== 'videoInference') return answer;
    submits += 1;
    if (submits === 1) return { status: 502, text: '' };
    const errors = [{ code: 'invalidParameter', message: 'No.', taskUUID: task.taskUUID }];
    return { status: 400, text: JSON.stringify({ errors }) };
  });
  const { code, stderr } = await sync3(['run', ...talk, '-o', 'out.mp4'], { url });
  expect(code).toBe(4);
  expect(stderr).toContain(`Next: sync3 wait ${uuidIn(stderr)} -o out.mp4\n`);
  expect(stderr).not.toContain('tasks.attach');
});
