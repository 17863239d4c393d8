import { type CodeMeaning, meaningOf } from '@sync3/sdk';

/** When a failed job is followed by a new job, which is paid for as well. */
export interface RetryRule {
  /** Kinds of failure that the rule applies to; `meaningOf` of `@sync3/sdk` tells the kind of a code. */
  meanings: readonly CodeMeaning[];
  /** How many new jobs an item gets by the rules, until a person retries it: an integer from 1. */
  most: number;
  /** How long the first new job waits, in ms, from 0. */
  delayMs: number;
  /** Each further new job waits this many times as long as the one before. @default 1 */
  factor?: number;
}

/**
 * Retries failures that pass by themselves: a provider that was busy or did not answer in time, a rate
 * limit (at most 3 new jobs, after 30 s, 2 min and 8 min), and an input that the API has lost, which is
 * stored again (1 new job, at once). All other failures wait for a person; see `retryFailed`.
 */
export const defaultRetryRules: readonly RetryRule[] = [
  { meanings: ['rate', 'server', 'attempt'], most: 3, delayMs: 30_000, factor: 4 },
  { meanings: ['lostInput'], most: 1, delayMs: 0 },
];

/**
 * @param retries how many new jobs an item has got by rules.
 * @returns how long the next one waits, in ms; `undefined` when there is to be none.
 */
export function retryDelay(
  rules: readonly RetryRule[],
  code: string,
  retries: number,
): number | undefined {
  const meaning = meaningOf(code);
  const rule = rules.find(({ meanings }) => meanings.includes(meaning));
  if (!rule || retries >= rule.most) return undefined;
  return rule.delayMs * (rule.factor ?? 1) ** retries;
}
