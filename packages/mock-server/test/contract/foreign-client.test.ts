import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { model } from '@sync3/generated/constants';
import { inspectMedia, startMockServer } from '@sync3/mock-server';
import { type Document, OpenAPIClientAxios } from 'openapi-client-axios';
import { expect, onTestFinished, test, vi } from 'vitest';

const repository = new URL('../../../../', import.meta.url);
const definition: Document = JSON.parse(
  readFileSync(new URL('openapi/sync-3.openapi.json', repository), 'utf8'),
);

/** A file of the samples, as the API takes it in JSON. */
function dataUri(name: string, mediaType: string): string {
  const content = readFileSync(new URL(`examples/media/${name}`, repository));
  return `data:${mediaType};base64,${content.toString('base64')}`;
}

test('a client that makes itself from the document, and knows nothing else, runs a job to its video', async () => {
  const mock = await startMockServer({ apiKeys: ['test-key'], jobDurationMs: [50, 100] });
  onTestFinished(() => mock.close());
  const api = new OpenAPIClientAxios({
    definition,
    withServer: { url: new URL(mock.url).origin },
    axiosConfigDefaults: { headers: { Authorization: 'Bearer test-key' } },
  });
  const client = await api.init();
  const call = async (...tasks: object[]) =>
    (
      await client['run_sync_3']?.(
        {},
        tasks.map((task) => ({ taskUUID: randomUUID(), ...task })),
      )
    )?.data;

  const taskType = 'mediaStorage';
  const uploaded = await call(
    { taskType, operation: 'upload', media: dataUri('face.mp4', 'video/mp4') },
    { taskType, operation: 'upload', media: dataUri('line-short.wav', 'audio/wav') },
  );
  const [video, audio] = uploaded.data.map(({ mediaUUID }: { mediaUUID: string }) => mediaUUID);
  const submitted = await call({
    taskType: 'videoInference',
    model,
    inputs: { video, audio },
  });
  const [{ taskUUID }] = submitted.data;
  const { videoURL } = await vi.waitFor(
    async () => {
      const { data } = await call({ taskType: 'getResponse', taskUUID });
      expect(data[0].status).toBe('success');
      return data[0];
    },
    { timeout: 280_000 },
  );

  const path = join(tmpdir(), `${taskUUID}.mp4`);
  onTestFinished(() => rm(path, { force: true }));
  await writeFile(path, Buffer.from(await (await fetch(videoURL)).arrayBuffer()));
  const facts = await inspectMedia(path);
  expect(facts.video?.frameCount).toBeGreaterThan(10);
  expect(mock.stats).toMatchObject({ charged: 1, violations: 0 });
});
