/** The API's default output quality; at this value a codec that fits is copied, not encoded again. */
export const DEFAULT_OUTPUT_QUALITY = 95;

/** Bits spent on a pixel at the lowest and at the highest quality the API takes. */
const LOWEST = { quality: 20, bitsPerPixel: 0.015 };
const HIGHEST = { quality: 99, bitsPerPixel: 0.3 };

/** No video gets less than this, in bits per second: below it encoders fail to keep to the rate. */
const SMALLEST_BITRATE = 50_000;

/**
 * Video bitrate for an output quality. Every step of quality multiplies it by the same factor, so it
 * grows monotonically.
 *
 * @param quality - output quality, 20 to 99
 * @param width - width in pixels
 * @param height - height in pixels
 * @param frameRate - frames per second
 * @returns bits per second
 */
export function videoBitrate(
  quality: number,
  width: number,
  height: number,
  frameRate: number,
): number {
  const share = (quality - LOWEST.quality) / (HIGHEST.quality - LOWEST.quality);
  const bitsPerPixel = LOWEST.bitsPerPixel * (HIGHEST.bitsPerPixel / LOWEST.bitsPerPixel) ** share;
  return Math.max(SMALLEST_BITRATE, Math.round(bitsPerPixel * width * height * frameRate));
}
