import { openAsBlob } from 'node:fs';
import { createFalClient } from '@fal-ai/client';
import { apiKey, audioUrl, type Connect, videoUrl } from './job-client.ts';

const endpoint = 'fal-ai/sync-lipsync/v2';
const input = (label: string) => ({ video_url: videoUrl(label), audio_url: audioUrl });

export const connect: Connect = (serverUrl) => {
  // The client has no base URL; its middleware is the documented place to send requests elsewhere.
  const client = createFalClient({
    credentials: apiKey,
    requestMiddleware: async (request) => ({
      ...request,
      url: request.url
        .replace('https://queue.fal.run', `${serverUrl}/queue`)
        .replace('https://rest.fal.ai', `${serverUrl}/rest`),
    }),
  });
  return {
    async submit(label) {
      const { request_id } = await client.queue.submit(endpoint, { input: input(label) });
      return request_id;
    },
    status: (requestId) => client.queue.status(endpoint, { requestId }),
    async run(label, onAccepted) {
      const options = { input: input(label), onEnqueue: onAccepted };
      const { data } = await client.subscribe(endpoint, options);
      return data.video.url;
    },
    upload: async (path) => client.storage.upload(await openAsBlob(path, { type: 'video/mp4' })),
  };
};
