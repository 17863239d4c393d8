import { type BaseChoice, findBase } from './base-revision.ts';
import { compareWithBase } from './compare-with-base.ts';
import { type Judgement, judgeBreaks } from './judge-breaks.ts';

/**
 * Says whether the type tests of the base still compile against the packages as they are built now.
 *
 * @throws when the base that was named is not in this clone, with what to fetch.
 */
export function judgeBase(root: string, choice: BaseChoice): Judgement {
  const base = findBase(root, choice);
  if (base) return judgeBreaks(root, base, compareWithBase(root, base));
  return {
    failed: false,
    text: 'There is nothing to compare the types with: no earlier commit is in this clone. "git fetch --unshallow origin" brings them if it is a shallow one.',
  };
}
