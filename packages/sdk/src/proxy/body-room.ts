import { Refusal } from './refusal.js';

/** Bounds on the bodies of all callers together. */
export interface BodyBounds {
  maxConcurrentBodies: number;
  maxHeldBytes: number;
}

/**
 * Bounds the memory that request bodies take at one time, over all callers.
 *
 * @returns a function that reserves room for one body, given its longest possible length in bytes; it
 * returns a function that gives the room back, or throws a refusal with 503 when there is none.
 */
export function createBodyRoom({
  maxConcurrentBodies,
  maxHeldBytes,
}: BodyBounds): (bytes: number) => () => void {
  let bodies = 0;
  let heldBytes = 0;
  return (bytes) => {
    if (bodies >= maxConcurrentBodies || heldBytes + bytes > maxHeldBytes) {
      const message = 'The proxy handles as many requests as it may. Try again in a second.';
      throw new Refusal(503, message, { headers: { 'Retry-After': '1' } });
    }
    bodies++;
    heldBytes += bytes;
    return () => {
      bodies--;
      heldBytes -= bytes;
    };
  };
}
