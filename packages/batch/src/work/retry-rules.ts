import { type CodeMeaning, meaningOf } from '@sync3/sdk';

/** When a job that has failed is begun anew, as a new job that is paid for. */
export interface RetryRule {
  /** What the code of the failure is about; see `meaningOf` of `@sync3/sdk`. */
  meanings: readonly CodeMeaning[];
  /** How many new jobs an item gets by this rule, until a person retries it; from 1. */
  most: number;
  /** How long the first new job waits, in ms; the next ones wait `factor` times as long each. */
  delayMs: number;
  /** @default 1 */
  factor?: number;
}

/**
 * What passes by itself: a provider that was busy or did not answer in time, a rate limit, an input that
 * the API has lost and that is stored anew. Everything else is up to a person.
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
