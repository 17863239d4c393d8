import { at, partsOf, pointerOf, referencesIn } from '../diff/pointer.ts';
import { OverlayError } from './overlay-error.ts';
import type { Action } from './read-overlay.ts';

/**
 * Holds when everything that the composed document refers to stands in it.
 *
 * @throws {OverlayError} with the action whose reference leads nowhere, or with a reference of upstream's that
 *   does.
 */
export function checkReferencesOf(actions: Action[], document: Record<string, unknown>): void {
  const isMissing = (target: string) => at(document, target) === undefined;
  for (const action of actions) {
    const missing = referencesIn(action.value).find(isMissing);
    if (missing === undefined) continue;
    const enclosing = Object(at(document, pointerOf(partsOf(missing).slice(0, -1))));
    throw new OverlayError(
      `${action.where}: the update of "${action.written}" refers to "${missing}", which ` +
        `upstream no longer has. There are: ${Object.keys(enclosing).join(', ') || 'none'}.`,
    );
  }
  const lost = referencesIn(document).find(isMissing);
  if (lost === undefined) return;
  throw new OverlayError(
    `Upstream refers to "${lost}", a part of what has another place in the composed document. ` +
      'See tooling/spec/src/normal-form, which gives it that place.',
  );
}
