import { askForCost } from '@sync3/generated/constants';
import { type MockServer, profileNames, startMockServer } from '@sync3/mock-server';
import { type ClientOptions, type LipsyncParams, Sync3, Sync3Error } from '@sync3/sdk';
import { beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { judgeOf } from './constraints/judge.js';
import { readRequestSchema } from './constraints/schema-document.js';

/** Ajv on the request body of the composed document. */
const judge = judgeOf(readRequestSchema('sync-3.openapi.json').schema);

/** A file that is no media: the job fails, which is an answer too. */
const blob = new Blob(['RIFF'], { type: 'audio/wav' });
const video = 'https://example.com/talk.mp4';
const polling = { minIntervalMs: 1, maxIntervalMs: 10 };

describe.each(profileNames)('where the API answers as in the profile %s,', (profile) => {
  let mock: MockServer;
  beforeAll(async () => {
    mock = await startMockServer({ profile, jobDurationMs: 0 });
    return () => mock.close();
  });

  /** A client, and every body that it sends. */
  function recording(options: ClientOptions = {}) {
    const bodies: unknown[][] = [];
    const sync3 = new Sync3({
      apiKey: 'key',
      baseUrl: mock.url,
      polling,
      ...options,
      fetch: async (input, init) => {
        bodies.push((await new Response(init?.body).json()) as unknown[]);
        return fetch(input, { ...init, body: JSON.stringify(bodies.at(-1)) });
      },
    });
    return { sync3, bodies };
  }

  test.each(['header', 'task'] as const)(
    'everything the SDK sends keeps to the document, with the key in a %s',
    async (auth) => {
      const { sync3, bodies } = recording({ auth });
      const { mediaUUID } = await sync3.media.upload(blob);
      await sync3.media.upload('data:audio/wav;base64,AAAA');
      const jobs: LipsyncParams[] = [
        { inputs: { video, audio: mediaUUID } },
        { inputs: { video, audio: blob }, numberResults: 2, ...askForCost },
        { inputs: { video }, speech: { text: 'Hello.' }, settings: { tts: { stability: 1 } } },
      ];
      for await (const outcome of sync3.lipsync.runAll(jobs))
        expect(outcome.index).toBeTypeOf('number');
      const task = await sync3.lipsync.submit({ inputs: { video, audio: mediaUUID } });
      await sync3.tasks.status(task.taskUUID);
      await sync3.tasks.details(task.taskUUID);
      await sync3.lipsync.estimate({ inputs: { video, audio: mediaUUID } });
      await sync3.media.delete(mediaUUID);

      const findings = bodies.flatMap((body) => judge(body).map((error) => ({ body, error })));
      expect(findings).toEqual([]);
      const types = new Set(bodies.flat().map((sent) => (sent as { taskType: string }).taskType));
      const expected = ['videoInference', 'getResponse', 'getTaskDetails', 'mediaStorage'];
      if (auth === 'task') expected.push('authentication');
      expect([...types].sort()).toEqual(expected.sort());
      expect(mock.violations).toEqual([]);
    },
  );

  test.each(['task-1', '', undefined, 1, {}] as string[])(
    'no state or details are asked for %j, which is no UUID',
    async (taskUUID) => {
      const { sync3, bodies } = recording();
      expect(() => sync3.tasks.attach(taskUUID)).toThrow(Sync3Error);
      await expect(sync3.tasks.status(taskUUID)).rejects.toThrow(Sync3Error);
      await expect(sync3.tasks.details(taskUUID)).rejects.toThrow(Sync3Error);
      expect(bodies).toEqual([]);
    },
  );

  test('nothing is sent to store or to delete media that is no more than empty text', async () => {
    const { sync3, bodies } = recording();
    await expect(sync3.media.upload('')).rejects.toThrow(Sync3Error);
    await expect(sync3.media.delete('')).rejects.toThrow(Sync3Error);
    expect(bodies).toEqual([]);
  });

  test('there is no client without a key', () => {
    const before = process.env['RUNWARE_API_KEY'];
    delete process.env['RUNWARE_API_KEY'];
    onTestFinished(() => {
      if (before !== undefined) process.env['RUNWARE_API_KEY'] = before;
    });
    expect(() => new Sync3()).toThrow(Sync3Error);
    expect(() => new Sync3({ apiKey: '' })).toThrow(Sync3Error);
  });

  test('what the SDK mends before it sends keeps to the document', async () => {
    const { sync3, bodies } = recording();
    const segment = { startTime: 0.005, endTime: 2.0000001, audio: video };
    await sync3.lipsync.submit({ inputs: { video }, settings: { segments: [segment] } });
    await sync3.lipsync.submit({ inputs: { video }, speech: { text: 'Hello.' } });
    expect(bodies).toHaveLength(2);
    expect(bodies.flatMap((body) => judge(body))).toEqual([]);
  });
});
