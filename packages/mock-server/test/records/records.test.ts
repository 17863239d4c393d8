import { randomUUID } from 'node:crypto';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { startMockServer } from '@sync3/mock-server';
import { Sync3 } from '@sync3/sdk';
import { file } from '@sync3/sdk/node';
import { describe, expect, test } from 'vitest';
import type { ExchangeRecord } from '../../src/records/record.ts';
import { getResponse, job, settled, start, storeSample, upload } from '../api/start.ts';
import { sampleMedia } from '../media/sample-media.ts';
import { createTemporaryFolder } from '../media/temporary-folder.ts';

const polling = { minIntervalMs: 10, maxIntervalMs: 50 };
const apiKey = 'secret-key-of-the-recording';

function recordsIn(folder: string): ExchangeRecord[] {
  const names = readdirSync(folder).sort();
  return names.map((name) => JSON.parse(readFileSync(join(folder, name), 'utf8')));
}

/** What an application does, with UUIDs of the moment. */
async function work(sync3: Sync3) {
  const video = (await sync3.media.upload(file(sampleMedia.clip))).mediaUUID;
  const inputs = { video, audio: file(sampleMedia.shortLine) };
  const { cost } = await sync3.lipsync.estimate({ inputs });
  const result = await sync3.lipsync.run({ inputs, numberResults: 2, includeCost: true });
  const outcomes = [];
  const jobs = [{ inputs }, { inputs, settings: { syncMode: 'remap' as const } }];
  for await (const outcome of sync3.lipsync.runAll(jobs)) outcomes[outcome.index] = outcome.ok;
  const refused = await sync3.lipsync
    .run({ inputs: { video: '0d3b5a0e-6f0b-4c3e-9a57-2f1f6a3c8e11', audio: video } })
    .catch(({ code }) => code);
  const details = await sync3.tasks.details(result.taskUUID);
  const urls = result.videos.map(({ url }) => url);
  return { video, cost, urls, outcomes, refused, request: details.request.length };
}

describe('a recording', () => {
  test.each([0, 0.3])(
    'that is replayed gives an application the same, without an API (with a chaos of %d)',
    async (chaos) => {
      const record = await createTemporaryFolder();
      const { mock } = await start({ record, chaos, seed: 5, apiKeys: [apiKey] });
      const recorded = await work(new Sync3({ baseUrl: mock.url, apiKey, polling }));
      await mock.close();
      const { mock: replay } = await start({ replay: record });
      const replayed = await work(new Sync3({ baseUrl: replay.url, apiKey: 'any-key', polling }));
      expect(replayed).toEqual(recorded);
      expect(replay.tasks).toEqual([]);
    },
  );

  test('that is sent again, in its order and with other UUIDs, is answered the same', async () => {
    const record = await createTemporaryFolder();
    const { mock, post } = await start({ record });
    const media = await storeSample(post);
    const accepted = job({ inputs: media, numberResults: 2 });
    await post([accepted]);
    await settled(post, accepted.taskUUID);
    await post([accepted]);
    await post([getResponse(accepted.taskUUID), getResponse(randomUUID()), upload('?')]);
    await post([{ taskType: 'authentication', apiKey }, getResponse(accepted.taskUUID)]);
    await post([job({ inputs: media, outputQuality: 3 })]);
    await post([job({ inputs: media })], { 'x-runware-dry-run': '1' });
    await mock.close();

    const records = recordsIn(record);
    expect(records.length).toBeGreaterThan(8);
    const { post: again } = await start({ replay: record });
    const renamed = new Map<string, string>();
    const rename = <Value>(value: Value): Value =>
      JSON.parse(JSON.stringify(value), (key, text) => {
        if (key !== 'taskUUID') return text;
        const name = renamed.get(text) ?? randomUUID();
        renamed.set(text, name);
        return name;
      });
    for (const { request, isDryRun, status, answer } of records) {
      const isKnown = request.some(({ taskType }) => taskType === 'getResponse');
      const headers = isDryRun ? { 'x-runware-dry-run': '1' } : {};
      const tasks = rename(request);
      // What was never submitted is known by its own UUID only.
      if (isKnown) for (const [index, task] of tasks.entries()) restore(task, request[index]);
      const answered = await again(tasks, headers);
      expect(answered.status).toBe(status);
      expect(withoutMessages(answered.body)).toEqual(withoutMessages(rename(answer)));
    }

    function restore(task: Record<string, unknown>, original: Record<string, unknown> | undefined) {
      const uuid = String(original?.['taskUUID']);
      if (uuid !== accepted.taskUUID && original?.['taskType'] === 'getResponse') {
        task['taskUUID'] = uuid;
        renamed.set(uuid, uuid);
      }
    }
  });

  test('refuses what was not recorded, and says what to do', async () => {
    const record = await createTemporaryFolder();
    const { mock, post } = await start({ record });
    await post([job()]);
    await mock.close();
    const { post: again } = await start({ replay: record });
    const { status, body } = await again([job({ outputQuality: 50 })]);
    expect(status).toBe(404);
    expect(body.errors[0]).toMatchObject({ code: 'notRecorded', taskType: 'videoInference' });
    expect(body.errors[0].message).toContain('The records hold 1 different ones of that type');
  });

  test('holds no key, and of a file no more than its digest', async () => {
    const record = await createTemporaryFolder();
    const { mock } = await start({ record, apiKeys: [apiKey] });
    const base64 = Buffer.from(apiKey).toString('base64');
    const post = (headers: Record<string, string>, tasks: object[]) =>
      fetch(mock.url, { method: 'POST', headers, body: JSON.stringify(tasks) });
    const taskUUID = randomUUID();
    const authorization = `Bearer ${apiKey}`;
    await post({ authorization }, [{ taskType: 'getResponse', taskUUID: `${apiKey} ${base64}` }]);
    await post({}, [{ taskType: 'authentication', apiKey }, getResponse(taskUUID)]);
    await post({ authorization }, [upload(`data:audio/wav;base64,${'A'.repeat(10_000)}`)]);
    await mock.close();
    const texts = readdirSync(record).map((name) => readFileSync(join(record, name), 'utf8'));
    expect(texts).toHaveLength(3);
    for (const text of texts) {
      expect(text).not.toContain(apiKey);
      expect(text).not.toContain(base64);
      expect(text.length).toBeLessThan(3_000);
    }
  });

  test('goes on in a folder that holds one', async () => {
    const record = await createTemporaryFolder();
    for (let round = 0; round < 2; round += 1) {
      const { mock, post } = await start({ record });
      await post([getResponse(randomUUID())]);
      await mock.close();
    }
    expect(readdirSync(record)).toEqual(['000001-getResponse.json', '000002-getResponse.json']);
  });

  test.each([
    ['an empty folder', async (folder: string) => folder, 'There are no records'],
    [
      'a file of another kind',
      async (folder: string) => {
        writeFileSync(join(folder, '1-x.json'), '{}');
        return folder;
      },
      'is no record',
    ],
  ])('is not read from %s', async (_, prepare, message) => {
    const folder = await prepare(await createTemporaryFolder());
    await expect(startMockServer({ replay: folder })).rejects.toThrow(message);
  });
});

function withoutMessages(body: unknown): unknown {
  return JSON.parse(JSON.stringify(body), (key, value) => (key === 'message' ? undefined : value));
}
