import { fileURLToPath } from 'node:url';
import { type Fault, type MockServer, profileNames, startMockServer } from '@sync3/mock-server';
import { type LipsyncParams, Sync3 } from '@sync3/sdk';
import { file } from '@sync3/sdk/node';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

const sample = (name: string) =>
  file(fileURLToPath(new URL(`../../../../examples/media/${name}`, import.meta.url)));

describe.each(profileNames)('where the API answers as in the profile %s,', (profile) => {
  let mock: MockServer;
  let sync3: Sync3;
  /** Media that is uploaded once for all tests. */
  let video: string;
  let audio: string;

  beforeAll(async () => {
    mock = await startMockServer({ profile, apiKeys: ['key'], jobDurationMs: [0, 50] });
    const polling = { minIntervalMs: 50, maxIntervalMs: 200 };
    sync3 = new Sync3({ baseUrl: mock.url, apiKey: 'key', polling });
    video = (await sync3.media.upload(sample('face.mp4'))).mediaUUID;
    audio = (await sync3.media.upload(sample('line-short.wav'))).mediaUUID;
  });

  afterAll(async () => {
    await mock.close();
  });

  describe('a job that the SDK sends keeps to the contract in both directions:', () => {
    const jobs: [string, () => LipsyncParams][] = [
      ['a voice', () => ({ inputs: { video, audio } })],
      ['a voice given as a Blob', () => ({ inputs: { video, audio: sample('line-short.wav') } })],
      ['a text', () => ({ inputs: { video }, speech: { text: 'Good evening.' } })],
      [
        'a text and how it is spoken',
        () => ({
          inputs: { video },
          speech: { text: 'Good evening.', voice: 'auto' },
          settings: { tts: { provider: 'elevenlabs', stability: 0.5, similarityBoost: 1 } },
        }),
      ],
      [
        'segments',
        () => ({
          inputs: { video },
          settings: {
            segments: [
              { startTime: 0.1 + 0.2, endTime: 1.13, audio },
              { startTime: 2, endTime: 3, audio, audioStartTime: 0.07, audioEndTime: 1.07 },
            ],
          },
        }),
      ],
      ...(['cut_off', 'silence', 'bounce', 'remap'] as const).map(
        (syncMode): [string, () => LipsyncParams] => [
          `sync mode ${syncMode}`,
          () => ({ inputs: { video, audio }, settings: { syncMode } }),
        ],
      ),
      ...(['MP4', 'WEBM', 'MOV'] as const).map((outputFormat): [string, () => LipsyncParams] => [
        `output as ${outputFormat}`,
        () => ({ inputs: { video, audio }, outputFormat }),
      ]),
      [
        'a face in a box',
        () => ({
          inputs: { video, audio },
          settings: { activeSpeakerDetection: { boundingBoxes: [[1, 2.5, 30, 40]] } },
        }),
      ],
      [
        'a face at a point',
        () => ({
          inputs: { video, audio },
          settings: { activeSpeakerDetection: { coordinates: [320, 180], frameNumber: 0 } },
        }),
      ],
      [
        'every other option',
        () => ({
          inputs: { video, audio },
          includeCost: true,
          numberResults: 2,
          ttl: 60,
          outputType: 'URL',
          outputQuality: 80,
          deliveryMethod: 'async',
          safety: { checkContent: true, mode: 'fast' },
          webhookURL: 'https://example.com/hook',
          uploadEndpoint: 'https://example.com/put',
        }),
      ],
    ];

    test.each(jobs)('%s', async (_, params) => {
      const { videos, failures } = await sync3.lipsync.run(params());
      expect(failures).toEqual([]);
      expect(videos.length).toBeGreaterThan(0);
      expect(mock.violations).toEqual([]);
      expect(mock.stats.violations).toBe(0);
    });
  });

  describe('an error of the API reaches the caller as its own class:', () => {
    test.each([
      [401, 'AuthenticationError'],
      [402, 'InsufficientCreditsError'],
      [403, 'PermissionDeniedError'],
      [404, 'ApiError'],
      [429, 'RateLimitError'],
      [500, 'ServerError'],
      [503, 'ServerError'],
      [504, 'ServerError'],
    ] as const)('%i is %s', async (status, name) => {
      const impatient = new Sync3({ baseUrl: mock.url, apiKey: 'key', maxRetries: 0 });
      mock.faults.add({ on: 'submit', kind: 'status', status });
      const run = impatient.lipsync.run({ inputs: { video, audio } });
      await expect(run).rejects.toMatchObject({ name, status });
      expect(mock.violations).toEqual([]);
    });
  });

  describe('a fault on the way costs neither a second payment nor the result:', () => {
    const kinds = [
      'drop-before-accept',
      'drop-after-accept',
      'truncated-body',
      'malformed-body',
      'empty-data',
    ] as const;
    const faults = kinds.flatMap((kind): Fault[] => [
      { on: 'submit', kind },
      { on: 'poll', kind, times: 2 },
    ]);

    test.each(faults)('$kind on $on', async (fault) => {
      mock.faults.add(fault);
      const { taskUUID, videos } = await sync3.lipsync.run({ inputs: { video, audio } });
      expect(videos).toHaveLength(1);
      expect(mock.tasks.find((task) => task.taskUUID === taskUUID)?.charges).toBe(1);
      expect(mock.stats.charged).toBe(mock.tasks.length);
    });
  });

  test('a response that breaks the document is found, counted and answered 500', async () => {
    const broken = await startMockServer({ apiKeys: ['key'] });
    try {
      broken.faults.add({ on: 'submit', kind: 'broken-response' });
      const client = new Sync3({ baseUrl: broken.url, apiKey: 'key', maxRetries: 0 });
      const submit = client.lipsync.submit({ inputs: { video, audio } });
      await expect(submit).rejects.toMatchObject({ name: 'ServerError', status: 500 });
      expect(broken.stats.violations).toBe(1);
      expect(broken.violations).toContainEqual(
        expect.objectContaining({ keyword: 'required', path: ['data', '0'] }),
      );
    } finally {
      await broken.close();
    }
  });
});
