import { SpecError } from '../spec-error.ts';

/** Thrown when an overlay cannot be applied; the message names the file, the line and the action. */
export class OverlayError extends SpecError {
  override readonly name = 'OverlayError';
}
