import Replicate from 'replicate';
import { apiKey, audioUrl, type Connect, videoUrl } from './job-client.ts';
import { connect as connectReplicate } from './replicate.ts';

/** `run` asks the server to hold the request back until the job is done, and polls after that. */
export const connect: Connect = (serverUrl) => {
  const client = new Replicate({ auth: apiKey, baseUrl: `${serverUrl}/v1`, useFileOutput: false });
  const { submit, status } = connectReplicate(serverUrl);
  return {
    submit,
    status,
    async run(label) {
      const input = { video: videoUrl(label), audio: audioUrl };
      return String(await client.run('sync/lipsync-2', { input }));
    },
  };
};
