import type { VideoInferenceTask } from '@sync3/generated';
import type { Voice } from '../media/render-job.js';
import type { Loan } from '../storage/loans.js';
import type { MediaStore } from '../storage/media-store.js';

/** The inputs of a job as local files. */
export interface JobInputs {
  videoPath: string;
  voice: Voice;
  /** What stands in their files, by their paths. */
  contents: Record<string, string>;
}

/**
 * Lends the inputs of a task to `use`. Whatever comes of it, they are given back: what was stored
 * stays, what was fetched for the task goes.
 *
 * @throws {Refusal} an input is not there or cannot be fetched.
 */
export async function withInputs<Result>(
  { inputs, speech, settings }: VideoInferenceTask,
  media: MediaStore,
  use: (inputs: JobInputs) => Promise<Result>,
): Promise<Result> {
  const loans: Loan[] = [];
  const contents: Record<string, string> = {};
  const locate = async (reference: string): Promise<string> => {
    const loan = await media.borrow(reference);
    loans.push(loan);
    contents[loan.path] = await loan.contents();
    return loan.path;
  };
  try {
    const videoPath = await locate(inputs.video);
    if (inputs.audio) {
      const voice = { kind: 'audio', path: await locate(inputs.audio) } as const;
      return await use({ videoPath, voice, contents });
    }
    if (speech) return await use({ videoPath, voice: { kind: 'speech', ...speech }, contents });
    const segments = [];
    for (const { audio, ...times } of settings?.segments ?? []) {
      segments.push({ ...times, path: await locate(audio) });
    }
    return await use({ videoPath, voice: { kind: 'segments', segments }, contents });
  } finally {
    for (const loan of loans) await loan.giveBack();
  }
}
