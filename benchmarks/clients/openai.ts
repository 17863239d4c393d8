import { createReadStream, createWriteStream } from 'node:fs';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import OpenAI, { toStreamingFile } from 'openai';
import { apiKey, type Connect } from './job-client.ts';

const store = 'store';

/**
 * `videos` has no helper that waits. `vectorStores.files` has, and it is the package's one loop for
 * all its long jobs.
 */
export const connect: Connect = (serverUrl) => {
  const client = new OpenAI({ apiKey, baseURL: `${serverUrl}/v1` });
  const { files } = client.vectorStores;
  return {
    async submit(label) {
      const { id } = await files.create(store, { file_id: label });
      return id;
    },
    status: (id) => files.retrieve(id, { vector_store_id: store }),
    async run(label, onAccepted) {
      // What `createAndPoll` does, in its two halves.
      const created = await files.create(store, { file_id: label });
      onAccepted();
      const { id } = await files.poll(store, created.id);
      return id;
    },
    async upload(path) {
      const file = toStreamingFile(createReadStream(path), 'talk.mp4', { type: 'video/mp4' });
      return client.files.create({ file, purpose: 'user_data' });
    },
    async download(bytes, path) {
      const { body } = await client.videos.downloadContent(`${bytes}`);
      if (!body) throw new Error('The answer has no body.');
      await pipeline(Readable.fromWeb(body), createWriteStream(path));
    },
  };
};
