import { harmless } from '../source/quoted.ts';
import { SpecError } from '../spec-error.ts';

/** Stands between the faults of one action, each on a line of its own. */
const betweenFaults = '\n  It also ';

/**
 * Thrown when an overlay cannot be applied; the message names the file, the line and the action. It
 * also names what upstream has, so nothing in it but the lines between faults moves a terminal.
 */
export class OverlayError extends SpecError {
  override readonly name = 'OverlayError';

  constructor(message: string) {
    super(message.split(betweenFaults).map(harmless).join(betweenFaults));
  }
}
