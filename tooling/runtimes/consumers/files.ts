/** Uses everything that the entry for Node exports. */
import { createServer } from 'node:http';
import { Sync3 } from '@sync3/sdk';
import {
  type DownloadOptions,
  file,
  keyRemover,
  type NodeListenerOptions,
  saveVideo,
  toNodeListener,
} from '@sync3/sdk/node';

export async function lipsyncFiles(signal: AbortSignal): Promise<number> {
  const inputs = { video: file('./talk.mp4'), audio: file('./line.wav') };
  const { videos } = await new Sync3().lipsync.run({ inputs }, { signal });
  const options: DownloadOptions = {
    signal,
    timeoutMs: 5_000,
    totalTimeoutMs: 60_000,
    maxBytes: 2 ** 30,
    allowPrivateRedirects: false,
    fetch: (input, init) => fetch(input, init),
    onProgress: ({ receivedBytes, totalBytes = receivedBytes }) => receivedBytes / totalBytes,
  };
  let size = 0;
  for (const [index, video] of videos.entries()) {
    size += await saveVideo(video, `./result-${index}.mp4`, options);
  }
  return size + (await saveVideo({ url: 'https://example.com/a.mp4' }, './a.mp4'));
}

export const redact: (text: string) => string = keyRemover('secret-key');

const listenerOptions: NodeListenerOptions = { onError: (error) => console.error(error) };
export const server = createServer(
  toNodeListener(async (request) => new Response(request.url), listenerOptions),
);
