import type { Input, InputVideoTrack, VideoCodec } from 'mediabunny';
import { type AudioReader, createAudioReader } from './audio-reader.js';
import { MediaError } from './media-error.js';
import { assertLength } from './media-length.js';
import { openMedia, unreadable } from './open-media.js';
import { measureVideoTiming, type VideoTiming } from './video-timing.js';

const ROLE = 'video';

/** An open clip: the video to dub. The caller disposes `input`. */
export interface OpenClip {
  readonly input: Input;
  readonly track: InputVideoTrack;
  readonly codec: VideoCodec;
  readonly timing: VideoTiming;
  /** The clip's own sound on the output's timeline; `null` when it has none that can be decoded. */
  readonly ownSound: AudioReader | null;
}

/**
 * Opens the video of a job.
 *
 * @param path - the file
 * @throws MediaError when the file cannot be read or shows no picture
 */
export async function openClip(path: string): Promise<OpenClip> {
  const input = await openMedia(path, ROLE);
  try {
    const track = await input.getPrimaryVideoTrack();
    if (track === null) {
      throw new MediaError(
        ROLE,
        'The video has no video track: it holds sound only. Send it as audio, with a video beside it.',
      );
    }
    const codec = await track.getCodec();
    if (codec === null) {
      throw new MediaError(
        ROLE,
        'The video uses a codec this emulator does not know. Send H.264, HEVC, VP8, VP9 or AV1.',
      );
    }
    const timing = await measureVideoTiming(track);
    if (timing.frameCount === 0 || timing.durationSeconds <= 0) {
      throw new MediaError(ROLE, 'The video shows no frames. Send a video with a picture in it.');
    }
    // A wrong time stamp in the middle does not move the end of the file.
    assertLength(timing.durationSeconds, ROLE);
    const sound = await input.getPrimaryAudioTrack();
    const ownSound =
      sound !== null && (await sound.canDecode())
        ? await createAudioReader(sound, timing.startSeconds, `sound of the ${ROLE}`)
        : null;
    return { input, track, codec, timing, ownSound };
  } catch (error) {
    input.dispose();
    throw unreadable(error, path, ROLE);
  }
}
