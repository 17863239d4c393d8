import { afterEach, expect, test, vi } from 'vitest';
import { type ClientOptions, Sync3 } from '../../src/index.js';
import { quickPolling } from '../sample-job.js';

afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
});

const job = {
  inputs: {
    video: 'https://example.com/talk.mp4',
    audio: 'https://example.com/mark-of-the-job.wav',
  },
};
const apiKey = 'key-that-is-long-enough';

/** A client whose API is a function of what was sent, and needs no JSON of its own. */
function clientWith(answer: (taskType: string, taskUUID: string) => string, options = {}) {
  const sent: string[] = [];
  const fetch = async (_: unknown, init?: RequestInit) => {
    const body = `${init?.body}`;
    sent.push(body);
    const [, taskType = '', taskUUID = ''] =
      /"taskType":"(\w+)".*?"taskUUID":"([^"]+)/s.exec(body) ?? [];
    return new Response(answer(taskType, taskUUID));
  };
  const all: ClientOptions = { apiKey, fetch, polling: quickPolling, ...options };
  return { sync3: new Sync3(all), sent };
}

const cooperative = (taskType: string, taskUUID: string) =>
  taskType === 'getResponse'
    ? `{"data":[{"mark":"of-the-answer","taskUUID":"${taskUUID}","status":"success","videoURL":"https://v.example/1.mp4"}]}`
    : `{"data":[{"mark":"of-the-answer","taskUUID":"${taskUUID}","taskType":"${taskType}"}]}`;

/** How often the text with a mark was written to and read from JSON. */
function countJson() {
  const stringify = vi.spyOn(JSON, 'stringify');
  const parse = vi.spyOn(JSON, 'parse');
  return (mark: string) => ({
    written: stringify.mock.results.filter(({ value }) => `${value}`.includes(mark)).length,
    read: parse.mock.calls.filter(([text]) => text.includes(mark)).length,
  });
}

test('a job is written as JSON once, and never read back', async () => {
  const count = countJson();
  const { sync3, sent } = clientWith(cooperative);
  await sync3.lipsync.run(job);
  expect(sent).toHaveLength(2);
  expect(count('mark-of-the-job')).toEqual({ written: 1, read: 0 });
});

test('it is read back once where beforeSubmit gets a copy', async () => {
  const count = countJson();
  const { sync3 } = clientWith(cooperative, {
    beforeSubmit: ({ task }: { task: { inputs: { audio: string } } }) => {
      task.inputs.audio = 'changed';
    },
  });
  await sync3.lipsync.run(job);
  expect(count('mark-of-the-job')).toEqual({ written: 1, read: 1 });
});

test('jobs that share a request are written once each', async () => {
  const count = countJson();
  const { sync3, sent } = clientWith(() => '{"data":[]}');
  const jobs = Array.from({ length: 3 }, () => sync3.lipsync.submit(job).catch(() => undefined));
  await Promise.race(jobs);
  expect(sent[0]?.split('mark-of-the-job')).toHaveLength(4);
  expect(count('mark-of-the-job').written).toBe(3);
});

test('an answer is read once, and never written again', async () => {
  const count = countJson();
  const { sync3, sent } = clientWith(cooperative);
  await sync3.lipsync.run(job);
  expect(count('of-the-answer')).toEqual({ written: 0, read: sent.length });
});

test('an answer with the key in it is read without the key', async () => {
  const escaped = (taskType: string, taskUUID: string) =>
    cooperative(taskType, taskUUID).replace('of-the-answer', `${apiKey} \\u006b${apiKey.slice(1)}`);
  const { sync3 } = clientWith(escaped);
  const { videos } = await sync3.lipsync.run(job);
  expect(videos[0]?.row['mark']).toBe('••• •••');
});

test('the pattern of a key is compiled once, not for each request', async () => {
  const patterns: string[] = [];
  const Platform = RegExp;
  const { sync3 } = clientWith(cooperative);
  vi.stubGlobal(
    'RegExp',
    class extends Platform {
      constructor(pattern: string | RegExp, flags?: string) {
        super(pattern, flags);
        patterns.push(`${pattern}`);
      }
    },
  );
  await sync3.lipsync.run(job);
  await sync3.lipsync.run(job);
  const ofKey = patterns.filter((pattern) => pattern.length > 10 * apiKey.length);
  expect(ofKey).toHaveLength(1);
});

test('a key that changes is taken out of the answers to its own requests', async () => {
  let key = 'first-key-of-the-caller';
  const { sync3 } = clientWith(
    (taskType, taskUUID) => cooperative(taskType, taskUUID).replace('of-the-answer', key),
    { apiKey: () => key },
  );
  const first = await sync3.lipsync.run(job);
  key = 'second-key-of-the-caller';
  const second = await sync3.lipsync.run(job);
  expect(first.videos[0]?.row['mark']).toBe('•••');
  expect(second.videos[0]?.row['mark']).toBe('•••');
});
