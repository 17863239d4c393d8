import { askOnTerminal, canAsk } from '../session/ask-on-terminal.js';
import { usd } from '../usd.js';
import type { Experiment } from './experiment.js';
import type { Price } from './run-experiments.js';

/** Asks on a terminal whether an experiment may be paid for; where there is none, it may not. */
export async function agreeOnTerminal(
  { describe, name }: Experiment,
  { cost, spent }: Price,
  signal: AbortSignal,
): Promise<boolean> {
  if (!canAsk()) return false;
  const price = `at most ${usd(cost)}, after ${usd(spent)} so far`;
  return askOnTerminal(`${name}: ${describe}; ${price}. Make it?`, signal);
}
