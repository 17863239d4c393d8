import { Sync3 } from '@sync3/sdk';
import { file, saveVideo } from '@sync3/sdk/node';
import { apiKey, audioUrl, type Connect, videoUrl } from './job-client.ts';

const params = (label: string) => ({ inputs: { video: videoUrl(label), audio: audioUrl } });

export const connect: Connect = (serverUrl) => {
  const client = new Sync3({ apiKey, baseUrl: `${serverUrl}/v1` });
  return {
    async submit(label) {
      const task = await client.lipsync.submit(params(label));
      return task.taskUUID;
    },
    status: (id) => client.tasks.status(id),
    async run(label, onAccepted) {
      const task = await client.lipsync.submit(params(label));
      onAccepted();
      const { videos } = await task.wait();
      return videos[0]?.url ?? '';
    },
    upload: (path) => client.media.upload(file(path)),
    download: (bytes, path) => saveVideo({ url: `${serverUrl}/raw/${bytes}` }, path),
  };
};
