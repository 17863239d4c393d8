import { createReadStream } from 'node:fs';
import { setTimeout } from 'node:timers/promises';
import { SyncClient } from '@sync.so/sdk';
import { apiKey, audioUrl, type Connect, videoUrl } from './job-client.ts';

/** The interval of the loop in sync.so's quickstart for TypeScript, in ms. */
const documentedIntervalMs = 10_000;

/** The package has no helper that waits; this is the loop of its quickstart. */
export const connect: Connect = (serverUrl) => {
  const client = new SyncClient({ apiKey, environment: serverUrl });
  const create = (label: string) =>
    client.generations.create({
      input: [
        { type: 'video', url: videoUrl(label) },
        { type: 'audio', url: audioUrl },
      ],
      model: 'lipsync-2',
    });
  return {
    submit: async (label) => (await create(label)).id,
    status: (id) => client.generations.get(id),
    async run(label, onAccepted) {
      const { id } = await create(label);
      onAccepted();
      for (;;) {
        await setTimeout(documentedIntervalMs);
        const { status, outputUrl } = await client.generations.get(id);
        if (status === 'COMPLETED') return outputUrl ?? '';
        if (status === 'FAILED') throw new Error('The generation failed.');
      }
    },
    upload: (path) =>
      client.generations.createWithFiles(createReadStream(path), undefined, { model: 'lipsync-2' }),
  };
};
