import type { Input } from 'mediabunny';
import { type AudioReader, createAudioReader } from './audio-reader.js';
import { MediaError, type MediaRole } from './media-error.js';
import { readMp3Delay } from './mp3-delay.js';
import { openMedia, unreadable } from './open-media.js';

/** Anything shorter is no sound at all, in seconds. */
const SHORTEST_VOICE_SECONDS = 0.001;

/** An open voice. The caller disposes `input`. */
export interface OpenVoice {
  readonly input: Input;
  readonly reader: AudioReader;
}

/**
 * Opens the sound of a file as a voice. A video file is fine: its sound is taken.
 *
 * @param path - the file
 * @param role - what the voice is for, for error messages
 * @throws MediaError when the file cannot be read or has no sound
 */
export async function openVoice(path: string, role: MediaRole): Promise<OpenVoice> {
  const input = await openMedia(path, role);
  try {
    const track = await input.getPrimaryAudioTrack();
    if (track === null) {
      throw new MediaError(role, `The ${role} has no sound. Send a file with an audio track.`);
    }
    // A recording that starts late plays from its first sound; time before zero is never played, and
    // neither is what an encoder has put in front.
    const delaySeconds = (await track.getCodec()) === 'mp3' ? await readMp3Delay(path) : 0;
    const startSeconds = Math.max(0, await track.getFirstTimestamp()) + delaySeconds;
    const reader = await createAudioReader(track, startSeconds, role);
    if (reader.durationSeconds < SHORTEST_VOICE_SECONDS) {
      throw new MediaError(role, `The ${role} is 0 seconds long. Send a file with sound in it.`);
    }
    return { input, reader };
  } catch (error) {
    input.dispose();
    throw unreadable(error, path, role);
  }
}
