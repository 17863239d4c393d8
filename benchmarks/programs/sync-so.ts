import { SyncClient } from '@sync.so/sdk';

export async function run(apiKey: string, video: string, audio: string) {
  const { generations } = new SyncClient({ apiKey });
  const { id } = await generations.create({
    input: [
      { type: 'video', url: video },
      { type: 'audio', url: audio },
    ],
    model: 'lipsync-2',
  });
  for (;;) {
    await new Promise((resolve) => setTimeout(resolve, 10_000));
    const { status, outputUrl, error } = await generations.get(id);
    if (status === 'COMPLETED') return outputUrl;
    if (status === 'FAILED') throw new Error(error);
  }
}
