import { createInterface } from 'node:readline/promises';
import { CommandError } from '../command-error.js';
import type { BatchSession } from './batch-session.js';

/**
 * Asks on a terminal whether the changes of a plan, which were told before, are to be made.
 *
 * @throws {CommandError} they are not, or there is no terminal to ask on.
 */
export async function agreeToChanges({ signal }: BatchSession, json: boolean): Promise<void> {
  const { stdin, stderr } = process;
  if (!stdin.isTTY || !stderr.isTTY || json) {
    throw new CommandError('Nothing was planned.', 'Add --yes to make these changes.');
  }
  const terminal = createInterface({ input: stdin, output: stderr, terminal: false });
  try {
    const answer = await terminal.question('Make these changes? [y/N] ', { signal });
    if (!/^y(es)?$/i.test(answer.trim())) throw new CommandError('Nothing was planned.');
  } finally {
    terminal.close();
  }
}
