/**
 * The API's default output quality. From here on a codec that fits is copied, not encoded again: no
 * encoder makes it better than it is.
 */
export const COPIED_FROM_QUALITY = 95;

/** Bits spent on a pixel at the lowest and at the highest quality the API takes. */
const LOWEST = { quality: 20, bitsPerPixel: 0.015 };
const HIGHEST = { quality: 99, bitsPerPixel: 0.3 };

/**
 * Below {@link COPIED_FROM_QUALITY} a video gets this share of its own bitrate at most, or the copy
 * would be smaller than what is encoded with less quality.
 */
const LOWEST_SHARE = 0.12;
const HIGHEST_SHARE = 0.7;

/** No video gets less than this, in bits per second: below it encoders fail to keep to the rate. */
const SMALLEST_BITRATE = 25_000;

/** What the bitrate of a picture depends on. */
export interface PictureFacts {
  /** Pixels. */
  readonly width: number;
  readonly height: number;
  /** Frames per second. */
  readonly frameRate: number;
  /** Bits per second of the video as it was sent. */
  readonly bitrate: number;
}

/**
 * Video bitrate for an output quality. It grows with every step of quality.
 *
 * @param quality - output quality, 20 to 99
 * @returns bits per second
 */
export function videoBitrate(quality: number, picture: PictureFacts): number {
  const { width, height, frameRate, bitrate } = picture;
  const share = (quality - LOWEST.quality) / (HIGHEST.quality - LOWEST.quality);
  const bitsPerPixel = LOWEST.bitsPerPixel * (HIGHEST.bitsPerPixel / LOWEST.bitsPerPixel) ** share;
  const ownShare = LOWEST_SHARE * (HIGHEST_SHARE / LOWEST_SHARE) ** share;
  const most = quality < COPIED_FROM_QUALITY ? ownShare * bitrate : Infinity;
  const wanted = Math.min(bitsPerPixel * width * height * frameRate, most);
  return Math.max(SMALLEST_BITRATE, Math.round(wanted));
}
