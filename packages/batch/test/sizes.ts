/** `pnpm soak` runs the tests in the mode of this name. */
export const isSoak = process.env['MODE'] === 'soak';
const size = (small: number, full: number) => (isSoak ? full : small);

/** How much the tests do whose work can be any amount: little in `npm test`, all in `pnpm soak`. */
export const sizes = {
  /** Items of a batch whose workers are killed, and how often. The full size has a run of its own. */
  soakItems: size(24, 80),
  soakKills: size(2, 3),
  /** Clips of a dubbing house. */
  dubbedClips: size(200, 500),
};
