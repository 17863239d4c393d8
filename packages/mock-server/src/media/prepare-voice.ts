import { randomUUID } from 'node:crypto';
import { rm } from 'node:fs/promises';
import type { AudioPiece } from './audio-piece.js';
import type { AudioReader } from './audio-reader.js';
import type { OpenClip } from './open-clip.js';
import { type OpenVoice, openVoice } from './open-voice.js';
import { planSegments } from './plan-segments.js';
import { planVoice, type SyncMode } from './plan-voice.js';
import type { AudioReaders } from './render-audio.js';
import type { RenderJob, Speech, VoiceSegment } from './render-job.js';
import { speak } from './speak.js';

/** The sound of a job: what is heard when, and where it comes from. */
export interface PreparedVoice {
  readonly pieces: readonly AudioPiece[];
  readonly readers: AudioReaders;
  /** Closes all voice files and removes what was made on the way. */
  close(): Promise<void>;
}

/**
 * Opens the voices of a job and plans where they are heard.
 *
 * @param job - the job
 * @param clip - the job's video
 * @throws MediaError when a voice cannot be read
 */
export function prepareVoice(job: RenderJob, clip: OpenClip): Promise<PreparedVoice> {
  switch (job.voice.kind) {
    case 'audio':
      return prepareFile(job.voice.path, job.syncMode, clip);
    case 'segments':
      return prepareSegments(job.voice.segments, clip);
    case 'speech':
      return prepareSpeech(job, job.voice, clip);
  }
}

async function prepareFile(
  path: string,
  syncMode: SyncMode,
  clip: OpenClip,
): Promise<PreparedVoice> {
  const { input, reader } = await openVoice(path, 'voice');
  return {
    pieces: planVoice(clip.timing.durationSeconds, reader.durationSeconds, syncMode),
    readers: { voices: [reader], own: null },
    close: async () => input.dispose(),
  };
}

async function prepareSpeech(
  { outputPath, syncMode, signal }: RenderJob,
  { text, voice }: Speech,
  clip: OpenClip,
): Promise<PreparedVoice> {
  const path = `${outputPath}.${randomUUID()}.speech.wav`;
  const remove = (): Promise<void> => rm(path, { force: true });
  try {
    await speak({ text, voice, path, signal });
    const prepared = await prepareFile(path, syncMode, clip);
    return { ...prepared, close: () => prepared.close().then(remove) };
  } catch (error) {
    await remove();
    throw error;
  }
}

async function prepareSegments(
  segments: readonly VoiceSegment[],
  clip: OpenClip,
): Promise<PreparedVoice> {
  // Segments often come from one file; it is opened once.
  const opened = new Map<string, OpenVoice>();
  const close = async (): Promise<void> => {
    for (const { input } of opened.values()) input.dispose();
  };
  try {
    const voices: AudioReader[] = [];
    for (const [index, { path }] of segments.entries()) {
      const voice = opened.get(path) ?? (await openVoice(path, `audio of segment ${index + 1}`));
      opened.set(path, voice);
      voices.push(voice.reader);
    }
    const planned = segments.map((segment, index) => ({
      ...segment,
      voiceSeconds: voices[index]?.durationSeconds ?? 0,
    }));
    const pieces = planSegments(clip.timing.durationSeconds, planned, clip.ownSound !== null);
    return { pieces, readers: { voices, own: clip.ownSound }, close };
  } catch (error) {
    await close();
    throw error;
  }
}
