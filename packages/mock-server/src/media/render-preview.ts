import { stat } from 'node:fs/promises';
import { registerMediabunnyServer } from '@mediabunny/server';
import { writeAtomically } from './atomic-file.js';
import { openClip } from './open-clip.js';
import { prepareVoice } from './prepare-voice.js';
import type { RenderedFile, RenderJob } from './render-job.js';
import type { Stage } from './worker-messages.js';
import { writePreview } from './write-preview.js';

/** Told what a render is busy with. */
export type OnProgress = (stage: Stage) => void;

/**
 * Renders a job: a playable file with the video's picture and the new voice. The picture keeps its
 * length, its number of frames, its size and its rotation; the lips are not animated.
 *
 * Runs on the calling thread. A server uses `createRenderer()` instead.
 *
 * @param job - what to render
 * @param onProgress - told whenever the render gets on, many times a second
 * @returns where the file is
 * @throws MediaError when an input is not the media the job needs
 * @throws the signal's reason when the job is aborted; nothing is left behind
 */
export async function renderPreview(
  job: RenderJob,
  onProgress: OnProgress = () => undefined,
): Promise<RenderedFile> {
  job.signal?.throwIfAborted();
  registerMediabunnyServer();
  onProgress('reading');
  const clip = await openClip(job.videoPath);
  try {
    onProgress('reading');
    const voice = await prepareVoice(job, clip);
    try {
      // From here on native codecs are at work, and a thread that is given up must not get here.
      job.signal?.throwIfAborted();
      onProgress('rendering');
      await writeAtomically(job.outputPath, (path) =>
        writePreview(job, clip, voice, path, () => onProgress('rendering')),
      );
    } finally {
      await voice.close();
    }
  } finally {
    clip.input.dispose();
  }
  const { size } = await stat(job.outputPath);
  return {
    path: job.outputPath,
    durationSeconds: clip.timing.durationSeconds,
    sizeBytes: size,
  };
}
