import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type ApplicationContract, checkContract, distilContract } from '@sync3/mock-server';
import { beforeAll, describe, expect, test, vi } from 'vitest';
import { getResponse, job, open, storeSample } from '../api/start.ts';
import { createTemporaryFolder } from '../media/temporary-folder.ts';

/** A part of the document. The tests change it without knowing it. */
// biome-ignore lint/suspicious/noExplicitAny: see above
type Node = any;

const documentPath = new URL('../../../../openapi/sync-3.openapi.json', import.meta.url);

/** The document of this release, changed. */
async function changed(change: (schemas: Node) => void): Promise<URL> {
  const document = JSON.parse(readFileSync(documentPath, 'utf8'));
  change(document.components.schemas);
  const path = join(await createTemporaryFolder(), 'newer.json');
  writeFileSync(path, JSON.stringify(document));
  return pathToFileURL(path);
}

describe('the contract of an application', () => {
  let contract: ApplicationContract;

  beforeAll(async () => {
    const record = mkdtempSync(join(tmpdir(), 'sync3-contract-'));
    const { mock, post } = await open({ record });
    const inputs = await storeSample(post);
    const task = job({
      inputs,
      settings: {
        segments: [
          { startTime: 0, endTime: 2, audio: inputs.audio },
          { startTime: 1, endTime: 3, audio: inputs.audio },
        ],
      },
      outputQuality: 80,
      includeCost: true,
    });
    const { audio: _, ...video } = task.inputs as Record<string, string>;
    const accepted = { ...task, inputs: video };
    await post([accepted]);
    const isSettled = async () => (await post([getResponse(accepted.taskUUID)])).body;
    await vi.waitFor(async () => expect(JSON.stringify(await isSettled())).toContain('success'), {
      timeout: 280_000,
    });
    // What is refused today is none of its claims.
    await post([job({ inputs, outputQuality: 3 })]);
    await post([job({ inputs: { video: inputs.video }, speech: { text: 'My secret plan.' } })]);
    await mock.close();
    contract = await distilContract([record]);
    rmSync(record, { recursive: true });
  });

  test('holds with the document and the profile that it was recorded with', async () => {
    expect(await checkContract(contract)).toEqual([]);
    expect(
      await checkContract(contract, { document: documentPath, profile: 'documented' }),
    ).toEqual([]);
  });

  test('holds nobody’s texts, and no file', () => {
    const text = JSON.stringify(contract);
    expect(text).not.toContain('secret');
    expect(text).toContain('xx xxxxxx xxxxx');
    expect(text.length).toBeLessThan(10_000);
  });

  test.each<[string, (schemas: Node) => void, object]>([
    [
      'a parameter that is gone',
      ({ VideoInferenceTask }) => delete VideoInferenceTask.properties.outputQuality,
      { side: 'request', taskType: 'videoInference', today: 'accepted' },
    ],
    [
      'a bound that is narrower',
      ({ VideoInferenceTask }) => {
        VideoInferenceTask.properties.outputQuality.maximum = 60;
      },
      { side: 'request', pointer: '/outputQuality', newly: expect.stringContaining('60') },
    ],
    [
      'a parameter that has to be given',
      ({ VideoInferenceTask }) => VideoInferenceTask.required.push('webhookURL'),
      { side: 'request', newly: expect.stringContaining('webhookURL') },
    ],
    [
      'a property of an answer that may be missing',
      ({ VideoInferenceSuccess }) => {
        VideoInferenceSuccess.required = ['taskType', 'taskUUID', 'status', 'videoUUID'];
      },
      { side: 'answer', pointer: '/videoURL', today: 'always there', newly: 'there at times' },
    ],
    [
      'a property of an answer that is gone',
      ({ VideoInferenceSuccess }) => delete VideoInferenceSuccess.properties.cost,
      { side: 'answer', pointer: '/cost', today: 'there at times', newly: 'not described' },
    ],
    [
      'a property of an answer that has another type',
      ({ VideoInferenceSuccess }) => {
        VideoInferenceSuccess.properties.cost = { type: 'string' };
      },
      { side: 'answer', taskType: 'videoInference', today: 'valid' },
    ],
  ])('is broken by %s, which is named', async (_, change, expected) => {
    const breaks = await checkContract(contract, { document: await changed(change) });
    expect(breaks.length).toBeGreaterThan(0);
    expect(breaks).toContainEqual(expect.objectContaining(expected));
  });

  test('is not broken by what is new and optional', async () => {
    const document = await changed(({ VideoInferenceTask, VideoInferenceSuccess }) => {
      VideoInferenceTask.properties.temperature = { type: 'number' };
      VideoInferenceTask.properties.outputQuality.maximum = 100;
      VideoInferenceSuccess.properties.durationSeconds = { type: 'number' };
    });
    expect(await checkContract(contract, { document })).toEqual([]);
  });

  test('is broken by a profile that refuses what it sends', async () => {
    const profile = { overlappingSegments: 'refused' } as const;
    expect(await checkContract(contract, { profile })).toEqual([
      {
        side: 'request',
        taskType: 'videoInference',
        pointer: '/settings/segments',
        today: 'accepted',
        newly: expect.stringContaining('overlap'),
        firstSeen: expect.stringContaining('videoInference'),
      },
    ]);
  });

  test('is not held against a document that does not compile', async () => {
    const document = await changed(({ VideoInferenceTask }) => {
      VideoInferenceTask.properties.outputQuality = { type: 'nothing' };
    });
    await expect(checkContract(contract, { document })).rejects.toThrow('does not compile');
  });
});
