import type { GlobalArguments } from '../global-options.js';
import { visible } from '../terminal-text.js';
import type { JobOfCommand } from './job-of-command.js';
import type { Reporter } from './reporter.js';

/** Ctrl-C is no failure, but the job may go on and has to be found again. */
export function tellJobStop(
  reporter: Reporter,
  { taskUUID, isAccepted, attachCommand }: JobOfCommand,
  options: Pick<GlobalArguments, 'mock' | 'json'>,
): void {
  if (!taskUUID) {
    reporter.note('Stopped. Nothing was submitted.');
  } else if (options.mock) {
    reporter.note(`Stopped. Task ${taskUUID} has ended with the mock server.`);
  } else {
    const next = attachCommand(taskUUID);
    if (options.json) reporter.tell({ event: 'detached', taskUUID, isAccepted, next });
    reporter.note(
      isAccepted
        ? `Detached. Task ${taskUUID} goes on, and is paid for.`
        : `Stopped while task ${taskUUID} was being submitted; it may have been accepted.`,
    );
    reporter.note(`Next: ${visible(next)}`);
  }
}
