import type { Ending } from './exit-codes.js';

/** What a command could not do, and what to do about it. Printed as two lines, without a stack. */
export class CommandError extends Error {
  /** Decides the exit code. */
  readonly ending: Ending;
  /** The next step: a sentence, or a command to run. */
  readonly next: string | undefined;

  constructor(message: string, next?: string, ending: Ending = 'badInput', cause?: unknown) {
    super(message, { cause });
    this.name = 'CommandError';
    this.ending = ending;
    this.next = next;
  }
}
