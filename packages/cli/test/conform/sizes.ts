/** `pnpm soak` runs the tests in the mode of this name. */
const isSoak = process.env['MODE'] === 'soak';

/** How much the tests do whose work can be any amount: little in `npm test`, all in `pnpm soak`. */
export const sizes = {
  /** APIs with answers, accidents and prices by chance. */
  strangeApis: isSoak ? 60 : 3,
  /** After how many requests a run is killed. */
  kills: isSoak ? Array.from({ length: 24 }, (_, index) => index + 1) : [9, 14, 18],
};
