import { MediaError, type MediaRole } from './media-error.js';

/**
 * Longest input, in hours. What the API allows is not documented; this is beyond it. Damaged time
 * stamps can claim days, and a render would be busy with their silence.
 */
const MOST_HOURS = 3;

/**
 * Checks that an input is not too long to render.
 *
 * @param seconds - when its last track ends
 * @param role - what it is for, for error messages
 * @throws MediaError when it is longer than three hours
 */
export function assertLength(seconds: number, role: MediaRole): void {
  if (seconds <= MOST_HOURS * 3600) return;
  throw new MediaError(
    role,
    `The ${role} claims to be ${(seconds / 3600).toFixed(1)} hours long, and this emulator takes ` +
      `${MOST_HOURS} hours at most. Send a shorter file; a wrong length is a sign of a damaged one.`,
  );
}
