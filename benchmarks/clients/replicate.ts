import { openAsBlob } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import Replicate, { type FileOutput } from 'replicate';
import { apiKey, audioUrl, type Connect, videoUrl } from './job-client.ts';

const model = 'sync/lipsync-2';
const input = (label: string) => ({ video: videoUrl(label), audio: audioUrl });

/** Submits a prediction and waits for it as the package's readme does for a job in the background. */
export const connect: Connect = (serverUrl) => {
  const client = new Replicate({ auth: apiKey, baseUrl: `${serverUrl}/v1` });
  const create = (label: string) => client.predictions.create({ model, input: input(label) });
  return {
    submit: async (label) => (await create(label)).id,
    status: (id) => client.predictions.get(id),
    async run(label, onAccepted) {
      const created = await create(label);
      onAccepted();
      const { output } = await client.wait(created, {});
      return String(output);
    },
    upload: async (path) => client.files.create(await openAsBlob(path, { type: 'video/mp4' })),
    async download(bytes, path) {
      // It makes files of https addresses only, so the result is fetched from elsewhere than it says.
      const reading = new Replicate({
        auth: apiKey,
        baseUrl: `${serverUrl}/v1`,
        fetch: (url, init) =>
          fetch(`${url}`.startsWith('https:') ? `${serverUrl}/raw/${bytes}` : url, init),
      });
      const output = await reading.run(model, { input: input('any') });
      await writeFile(path, output as FileOutput);
    },
  };
};
