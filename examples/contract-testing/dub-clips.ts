import { join } from 'node:path';
import { type MediaSource, type Sync3, Sync3Error } from '@sync3/sdk';
import { saveVideo } from '@sync3/sdk/node';

/** A clip and the line it should say. */
export interface Clip {
  /** The result is named after it. */
  name: string;
  video: MediaSource;
  audio: MediaSource;
}

/** What became of a clip: a file, or a reason why there is none. */
export type Dubbed = { name: string } & ({ path: string } | { reason: string });

/**
 * Dubs clips side by side and saves the results. One that fails stops none of the others.
 *
 * @param folder where the results go.
 * @returns what became of each, in the order of the clips.
 */
export async function dubClips(
  sync3: Sync3,
  clips: readonly Clip[],
  folder: string,
): Promise<Dubbed[]> {
  const dubbed: Dubbed[] = [];
  const jobs = clips.map(({ video, audio }) => ({
    inputs: { video, audio },
    settings: { syncMode: 'silence' as const },
  }));
  for await (const outcome of sync3.lipsync.runAll(jobs, { concurrency: 4 })) {
    const name = clips[outcome.index]?.name ?? '';
    try {
      if (!outcome.ok) throw outcome.error;
      const [video] = outcome.result.videos;
      if (!video) throw new Sync3Error('The job gave no video.');
      const path = join(folder, `${name}.mp4`);
      await saveVideo(video, path);
      dubbed[outcome.index] = { name, path };
    } catch (error) {
      if (!Sync3Error.is(error)) throw error;
      dubbed[outcome.index] = { name, reason: error.message };
    }
  }
  return dubbed;
}
