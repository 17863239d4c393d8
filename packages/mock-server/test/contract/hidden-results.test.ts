import { fileURLToPath } from 'node:url';
import { profileNames, startMockServer } from '@sync3/mock-server';
import { Sync3 } from '@sync3/sdk';
import { file } from '@sync3/sdk/node';
import { describe, expect, onTestFinished, test } from 'vitest';

const sample = (name: string) =>
  file(fileURLToPath(new URL(`../../../../examples/media/${name}`, import.meta.url)));

describe.each(profileNames)('where the API answers as in the profile %s,', (profile) => {
  // Decision 6: results that still run may not be listed, and are paid for.
  test.each(['listed', 'hidden'] as const)(
    'a wait for three results gets all of them where running results are %s, and polls fail in between',
    async (runningResults) => {
      let clock = Date.now();
      const mock = await startMockServer({
        profile,
        apiKeys: ['key'],
        jobDurationMs: [10_000, 60_000],
        runningResults,
        now: () => clock,
        seed: 3,
      });
      onTestFinished(() => mock.close());
      const polling = { minIntervalMs: 20, maxIntervalMs: 50 };
      const sync3 = new Sync3({ baseUrl: mock.url, apiKey: 'key', polling });
      const { mediaUUID: video } = await sync3.media.upload(sample('face.mp4'));
      const { mediaUUID: audio } = await sync3.media.upload(sample('line-short.wav'));
      const params = { inputs: { video, audio }, numberResults: 3 };
      // Once rendered, the same inputs take no time but that of the emulator's clock.
      const rehearsal = await sync3.lipsync.submit(params);
      clock += 60_000;
      await rehearsal.wait();
      const task = await sync3.lipsync.submit(params);
      mock.faults.add({ on: 'poll', times: 3, kind: 'drop-before-accept' });
      const onUpdate = () => {
        clock += 2_000;
      };
      const result = await task.wait({ onUpdate });
      expect(result).toMatchObject({ videos: [{}, {}, {}], failures: [], missing: 0 });
      expect(mock.stats.violations).toBe(0);
    },
  );
});
