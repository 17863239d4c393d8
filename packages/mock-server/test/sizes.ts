/** `pnpm soak` runs the tests in the mode of this name. */
const isSoak = process.env['MODE'] === 'soak';

/** How much the tests do whose work can be any amount: little in `npm test`, all in `pnpm soak`. */
export const sizes = {
  /** Lists of fifty spoilt bodies each. */
  spoiltLists: isSoak ? 200 : 20,
  /** Rounds of ten refused bodies of 1 MB each. */
  largeRounds: isSoak ? 30 : 12,
  /** Jobs under load. Even the few overlap: the first come to their end while the last are sent. */
  loadTasks: isSoak ? 2_000 : 100,
  /** Whether each clip, voice and sync mode is rendered in each format, or in one, in turn. */
  allFormats: isSoak,
};
