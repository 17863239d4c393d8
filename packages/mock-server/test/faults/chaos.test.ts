import { readFile } from 'node:fs/promises';
import { Sync3 } from '@sync3/sdk';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Chaos } from '../../src/faults/chaos.js';
import type { Fault } from '../../src/faults/fault.js';
import { FaultPlan } from '../../src/faults/fault-plan.js';
import { faultProblem } from '../../src/faults/fault-schema.js';
import { start, upload } from '../api/start.js';
import { sampleMedia } from '../media/sample-media.js';

const taskTypes = fc.array(
  fc.constantFrom('videoInference', 'getResponse', 'mediaStorage', 'getTaskDetails', undefined, 7),
  { maxLength: 4 },
);
const requests = fc.array(taskTypes, { maxLength: 60 });
const seed = fc.integer({ min: 0, max: 2 ** 31 - 1 });
const share = fc.double({ min: 0, max: 1, noNaN: true });

const drawAll = (chaos: Chaos, all: unknown[][]) => all.map((types) => chaos.draw(types));
/** A poll of several, which every kind can strike. */
const polls = (count: number) =>
  Array.from({ length: count }, () => ['getResponse', 'getResponse']);

describe('the faults of chaos', () => {
  test('are the same for the same seed and the same sequence of requests', () => {
    fc.assert(
      fc.property(share, seed, requests, (share, seed, requests) => {
        const first = drawAll(new Chaos(share, seed), requests);
        expect(drawAll(new Chaos(share, seed), requests)).toEqual(first);
      }),
    );
  });

  test('do not shift when a request is another, or webhooks come in between', () => {
    fc.assert(
      fc.property(share, seed, requests, taskTypes, (share, seed, requests, other) => {
        const [first, second] = [new Chaos(share, seed), new Chaos(share, seed)];
        expect(first.draw(other) === undefined).toBe(second.draw(['getResponse']) === undefined);
        second.drawForWebhook();
        expect(drawAll(second, requests)).toEqual(drawAll(first, requests));
      }),
    );
  });

  test('do not shift when a planned fault strikes first', () => {
    const undisturbed = new FaultPlan(new Chaos(0.5, 7));
    const disturbed = new FaultPlan(new Chaos(0.5, 7));
    disturbed.add({ on: 'poll', kind: 'empty-data', times: 3 });
    const take = (plan: FaultPlan) => polls(40).map((types) => plan.take(types));
    expect(take(disturbed).slice(3)).toEqual(take(undisturbed).slice(3));
  });

  test('differ from seed to seed', () => {
    const sequences = Array.from({ length: 50 }, (_, seed) =>
      JSON.stringify(drawAll(new Chaos(0.5, seed), polls(40))),
    );
    expect(new Set(sequences).size).toBe(50);
  });

  test.each([0, 0.1, 0.5, 1])('strike a share of %d of the requests', (share) => {
    const struck = drawAll(new Chaos(share, 7), polls(10_000)).filter((fault) => fault);
    expect(Math.abs(struck.length / 10_000 - share)).toBeLessThan(0.02);
  });

  test('are of every kind that a correct client survives, and of no other', () => {
    const drawn = drawAll(new Chaos(1, 7), polls(3_000));
    const names = drawn.map((fault) =>
      fault?.kind === 'status' ? String(fault.status) : fault?.kind,
    );
    expect([...new Set(names)].sort()).toEqual([
      ...['429', '500', '503', '504', 'array-refusal', 'drop-after-accept', 'drop-before-accept'],
      ...['empty-data', 'malformed-body', 'stall', 'truncated-body'],
    ]);
  });

  test('are ones that a plan would take', () => {
    const chaos = new Chaos(1, 7);
    const webhooks = Array.from({ length: 100 }, () => chaos.drawForWebhook());
    for (const fault of [...drawAll(chaos, polls(500)), ...webhooks]) {
      expect(faultProblem(fault)).toBeUndefined();
    }
    const kinds = webhooks.map((fault) => (fault as Fault).kind);
    expect([...new Set(kinds)].sort()).toEqual(['duplicate-webhook', 'reordered-webhooks']);
  });

  test('answer neither a submit nor an upload as if nothing were known', () => {
    const chaos = new Chaos(1, 7);
    for (const taskType of ['videoInference', 'mediaStorage']) {
      const kinds = Array.from({ length: 1_000 }, () => chaos.draw([taskType])?.kind);
      expect(kinds).not.toContain('empty-data');
      expect(kinds).not.toContain('array-refusal');
      expect(kinds).not.toContain(undefined);
    }
  });
});

test('every job of a chaotic server finishes and is paid for once', async () => {
  const host = await start();
  const store = async (path: string): Promise<string> => {
    const { body } = await host.post([upload((await readFile(path)).toString('base64'))]);
    return body.data[0].mediaURL;
  };
  const inputs = {
    video: await store(sampleMedia.clip),
    audio: await store(sampleMedia.shortLine),
  };
  const chaotic = await start({ chaos: 0.3, seed: 7 });
  const sync3 = new Sync3({
    baseUrl: chaotic.mock.url,
    apiKey: 'key',
    maxRetries: 8,
    polling: { minIntervalMs: 50, maxIntervalMs: 200 },
  });
  const jobs = Array.from({ length: 8 }, () => sync3.lipsync.run({ inputs }));
  for (const { videos } of await Promise.all(jobs)) expect(videos).toHaveLength(1);
  expect(chaotic.mock.tasks.map(({ charges }) => charges)).toEqual(Array(8).fill(1));
  expect(chaotic.mock.stats.faults).toBeGreaterThan(0);
  expect(chaotic.mock.violations).toEqual([]);
});

test.each([-0.1, 1.1, Number.NaN])('a share of %d is refused', async (chaos) => {
  await expect(start({ chaos })).rejects.toThrow('chaos must be a share from 0 to 1');
});
