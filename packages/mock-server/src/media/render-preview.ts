import { stat } from 'node:fs/promises';
import { registerMediabunnyServer } from '@mediabunny/server';
import { writeAtomically } from './atomic-file.js';
import { openClip } from './open-clip.js';
import { prepareVoice } from './prepare-voice.js';
import type { RenderedFile, RenderJob } from './render-job.js';
import { writePreview } from './write-preview.js';

/**
 * Renders a job: a playable file with the video's picture and the new voice. The picture keeps its
 * length, its number of frames, its size and its rotation; the lips are not animated.
 *
 * Runs on the calling thread. A server uses `createRenderer()` instead.
 *
 * @param job - what to render
 * @returns where the file is
 * @throws MediaError when an input is not the media the job needs
 * @throws the signal's reason when the job is aborted; nothing is left behind
 */
export async function renderPreview(job: RenderJob): Promise<RenderedFile> {
  job.signal?.throwIfAborted();
  registerMediabunnyServer();
  const clip = await openClip(job.videoPath);
  try {
    const voice = await prepareVoice(job, clip);
    try {
      await writeAtomically(job.outputPath, (path) => writePreview(job, clip, voice, path));
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
