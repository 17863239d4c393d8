import { CommandError } from '../command-error.js';
import { askOnTerminal, canAsk } from '../session/ask-on-terminal.js';
import type { BatchSession } from './batch-session.js';

/**
 * Asks on a terminal whether the changes of a plan, which were told before, are to be made.
 *
 * @throws {CommandError} they are not, or there is no terminal to ask on.
 */
export async function agreeToChanges({ signal }: BatchSession, json: boolean): Promise<void> {
  if (!canAsk() || json) {
    throw new CommandError('Nothing was planned.', 'Add --yes to make these changes.');
  }
  if (!(await askOnTerminal('Make these changes?', signal))) {
    throw new CommandError('Nothing was planned.');
  }
}
