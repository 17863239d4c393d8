import { at, partsOf, pointerOf, referencesIn } from '../diff/pointer.ts';
import { OverlayError } from './overlay-error.ts';
import type { Action } from './read-overlay.ts';

/**
 * Holds when everything that the composed document refers to stands in it.
 *
 * @throws {OverlayError} with the action whose reference leads nowhere, or which has taken away what
 *   upstream refers to.
 */
export function checkReferencesOf(actions: Action[], document: Record<string, unknown>): void {
  const isMissing = (target: string) => at(document, target) === undefined;
  for (const action of actions) {
    if (action.kind !== 'update') continue;
    const missing = referencesIn(action.value).find(isMissing);
    if (missing === undefined) continue;
    const enclosing = Object(at(document, pointerOf(partsOf(missing).slice(0, -1))));
    throw new OverlayError(
      `${action.where}: the update of "${action.written.target}" refers to "${missing}", which ` +
        `upstream no longer has. There are: ${Object.keys(enclosing).join(', ') || 'none'}.`,
    );
  }
  const lost = referencesIn(document).find(isMissing);
  if (lost === undefined) return;
  const way = partsOf(lost);
  const action = actions.find(
    ({ kind, target }) =>
      kind === 'remove' && target.every((part, position) => `${part}` === way[position]),
  );
  throw new OverlayError(
    `${action ? `${action.where}: the removal of "${action.written.target}"` : 'The overlays'} ` +
      `would leave upstream's reference to "${lost}" without what it refers to. ` +
      'Let the overlay keep it there, or refer to the new place.',
  );
}
