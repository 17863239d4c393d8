import { Sync3 } from '@sync3/sdk';

/** The smallest program that runs a job; so are its neighbours. Each is bundled and weighed. */
export async function run(apiKey: string, video: string, audio: string) {
  const { videos } = await new Sync3({ apiKey }).lipsync.run({ inputs: { video, audio } });
  return videos[0]?.url;
}
