/** `pnpm soak` runs the tests in the mode of this name. */
const isSoak = process.env['MODE'] === 'soak';

/** How much the tests do whose work can be any amount: little in `npm test`, all in `pnpm soak`. */
export const sizes = {
  /**
   * When an update is killed, as shares of the time that one takes: the more of them the later,
   * because files are replaced at its end. `replacement/killed.test.ts` kills at every step of that.
   */
  moments: isSoak ? [0.02, 0.5, 0.8, 0.9, 0.96, 1] : [0.96],
  /** The same for an update of a few small files, at times of chance. */
  chances: isSoak ? 30 : 4,
  /** Documents whose names and texts are put together from what means something in code. */
  documents: isSoak ? 15 : 2,
};
