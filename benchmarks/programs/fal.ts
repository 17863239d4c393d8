import { createFalClient } from '@fal-ai/client';

export async function run(credentials: string, video_url: string, audio_url: string) {
  const client = createFalClient({ credentials });
  const input = { video_url, audio_url };
  const { data } = await client.subscribe('fal-ai/sync-lipsync/v2', { input });
  return data.video.url;
}
