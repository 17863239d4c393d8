import { createWriteStream, openAsBlob } from 'node:fs';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { setTimeout } from 'node:timers/promises';
import { apiKey, audioUrl, type Connect, videoUrl } from './job-client.ts';

/** Between two looks, in ms: the longer of the "1-2 second intervals" that Runware advises. */
const intervalMs = 2_000;

interface Row {
  status?: string;
  videoURL?: string;
}

/** The least that works, without a retry, a timeout, a check or an error that explains anything. */
export const connect: Connect = (serverUrl) => {
  const headers = { 'content-type': 'application/json', authorization: `Bearer ${apiKey}` };
  const post = async (task: object): Promise<Row | undefined> => {
    const body = JSON.stringify([task]);
    const response = await fetch(`${serverUrl}/v1`, { method: 'POST', headers, body });
    const { data } = (await response.json()) as { data: Row[] };
    return data[0];
  };
  const status = (taskUUID: string) => post({ taskType: 'getResponse', taskUUID });
  const submit = async (label: string) => {
    const taskUUID = crypto.randomUUID();
    await post({
      taskType: 'videoInference',
      taskUUID,
      model: 'sync:lipsync@3',
      deliveryMethod: 'async',
      inputs: { video: videoUrl(label), audio: audioUrl },
    });
    return taskUUID;
  };
  return {
    submit,
    status,
    async run(label, onAccepted) {
      const taskUUID = await submit(label);
      onAccepted();
      for (;;) {
        await setTimeout(intervalMs);
        const row = await status(taskUUID);
        if (row?.status === 'success') return row.videoURL ?? '';
      }
    },
    async upload(path) {
      const body = await openAsBlob(path);
      // For any other value Node keeps the whole body, to send it again after a redirect.
      await fetch(`${serverUrl}/raw/`, { method: 'PUT', body, redirect: 'error' });
    },
    async download(bytes, path) {
      const { body } = await fetch(`${serverUrl}/raw/${bytes}`);
      if (!body) throw new Error('The answer has no body.');
      await pipeline(Readable.fromWeb(body), createWriteStream(path));
    },
  };
};
