/** `pnpm soak` runs the tests in the mode of this name. */
const isSoak = process.env['MODE'] === 'soak';

/** How much the tests do whose work can be any amount: little in `npm test`, all in `pnpm soak`. */
export const sizes = {
  /** Lists of fifty spoilt bodies each. */
  spoiltLists: isSoak ? 200 : 8,
  /** Rounds of ten refused bodies of 1 MB each. */
  largeRounds: isSoak ? 30 : 12,
  /** Jobs under load. Even the few overlap: the first come to their end while the last are sent. */
  loadTasks: isSoak ? 2_000 : 60,
  /** Paths, and types of files, that are put together from what leads out of a folder. */
  hostilePaths: isSoak ? 500 : 100,
  hostileTypes: isSoak ? 300 : 60,
  /** Polls that are answered while a container is read for ever. */
  pollsMeanwhile: isSoak ? 200 : 50,
  /** Whether each clip, voice and sync mode is rendered in each format, or in one, in turn. */
  allFormats: isSoak,
  /**
   * Length of the clip that is encoded in many qualities, in seconds, and the qualities. In a second
   * the codec does not come down to the lowest of them.
   */
  qualitySeconds: isSoak ? 4 : 1,
  qualities: isSoak ? [20, 45, 70, 94, 95, 99] : [45, 70, 94, 95, 99],
  /** Whether pictures of our page are kept for people to look at. */
  pictures: isSoak,
};
