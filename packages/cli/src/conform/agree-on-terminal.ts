import { createInterface } from 'node:readline/promises';
import { usd } from '../usd.js';
import type { Experiment } from './experiment.js';
import type { Price } from './run-experiments.js';

/** Asks on a terminal whether an experiment may be paid for; where there is none, it may not. */
export async function agreeOnTerminal(
  { describe, name }: Experiment,
  { cost, spent }: Price,
  signal: AbortSignal,
): Promise<boolean> {
  const { stdin, stderr } = process;
  if (!stdin.isTTY || !stderr.isTTY) return false;
  const terminal = createInterface({ input: stdin, output: stderr, terminal: false });
  try {
    const price = `at most ${usd(cost)}, after ${usd(spent)} so far`;
    const question = `${name}: ${describe}; ${price}. Make it? [y/N] `;
    return /^y(es)?$/i.test((await terminal.question(question, { signal })).trim());
  } finally {
    terminal.close();
  }
}
