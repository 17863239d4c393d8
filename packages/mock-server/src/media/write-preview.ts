import { FilePathTarget, Output } from 'mediabunny';
import { type AudioFeed, createAudioFeed } from './audio-feed.js';
import type { AudioPiece } from './audio-piece.js';
import { MOST_CHANNELS } from './mix-channels.js';
import type { OpenClip } from './open-clip.js';
import { CONTAINER_PROFILES, type ContainerProfile } from './output-format.js';
import { secondsToFrames } from './pcm-format.js';
import type { PreparedVoice } from './prepare-voice.js';
import { renderAudio } from './render-audio.js';
import type { RenderJob } from './render-job.js';
import { feedTracks } from './track-feed.js';
import { createVideoFeed } from './video-feed.js';

/** What the result says about itself in its metadata. */
const TAGS = {
  title: 'sync3 preview',
  comment:
    'Preview made by the sync3 mock server: the original video with the new voice. ' +
    'The lips are not animated.',
};

/** Packets an audio encoder may add to those that the length of the sound accounts for. */
const SPARE_AUDIO_PACKETS = 8;

/**
 * Writes the file of a job. After a failure the file is incomplete and the caller removes it.
 *
 * @param job - the job
 * @param clip - the job's video, open
 * @param voice - the job's voice, planned
 * @param path - file to write
 * @param onProgress - told with each packet
 */
export async function writePreview(
  job: RenderJob,
  clip: OpenClip,
  voice: PreparedVoice,
  path: string,
  onProgress: () => void,
): Promise<void> {
  const profile = CONTAINER_PROFILES[job.outputFormat];
  const video = await createVideoFeed(clip, profile, job.outputQuality);
  const audio = createVoiceFeed(voice, profile, onProgress);
  const output = new Output({ format: profile.createFormat(), target: new FilePathTarget(path) });
  output.setMetadataTags(TAGS);
  output.addVideoTrack(video.source, {
    transformationMatrix: await clip.track.getTransformationMatrix(),
    maximumPacketCount: clip.timing.packetCount,
  });
  output.addAudioTrack(audio.source, {
    maximumPacketCount: mostAudioPackets(voice.pieces, profile),
  });
  try {
    await output.start();
    await feedTracks([audio, video], onProgress, job.signal);
    await output.finalize();
  } catch (error) {
    await output.cancel();
    throw error;
  }
}

function createVoiceFeed(
  { pieces, readers }: PreparedVoice,
  profile: ContainerProfile,
  onProgress: () => void,
): AudioFeed {
  const sources = readers.own === null ? readers.voices : [...readers.voices, readers.own];
  const channels = Math.min(MOST_CHANNELS, Math.max(...sources.map((reader) => reader.channels)));
  return createAudioFeed(
    renderAudio(pieces, readers, channels, onProgress),
    channels,
    profile.audioCodec,
    profile.skippableAudioDelayFrames,
  );
}

function mostAudioPackets(pieces: readonly AudioPiece[], profile: ContainerProfile): number {
  const frames = secondsToFrames(pieces.at(-1)?.endSeconds ?? 0);
  return Math.ceil(frames / profile.audioPacketFrames) + SPARE_AUDIO_PACKETS;
}
