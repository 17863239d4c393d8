import { at, isObject, partsOf } from '../diff/pointer.ts';
import { OverlayError } from './overlay-error.ts';
import type { Action } from './read-overlay.ts';

/**
 * Holds when everything that the actions refer to stands in the document they have made.
 *
 * @throws {OverlayError} with the first action that refers to what is not there.
 */
export function checkReferencesOf(actions: Action[], document: Record<string, unknown>): void {
  for (const action of actions) {
    if (action.kind !== 'update') continue;
    const missing = referencesIn(action.value).find((target) => at(document, target) === undefined);
    if (missing === undefined) continue;
    const parts = partsOf(missing);
    const enclosing = Object(at(document, `#/${parts.slice(0, -1).join('/')}`));
    throw new OverlayError(
      `${action.where}: the update of "${action.written.target}" refers to "${missing}", which ` +
        `upstream no longer has. There are: ${Object.keys(enclosing).join(', ') || 'none'}.`,
    );
  }
}

function referencesIn(node: unknown): string[] {
  if (Array.isArray(node)) return node.flatMap(referencesIn);
  if (!isObject(node)) return [];
  return Object.entries(node).flatMap(([key, value]) =>
    key === '$ref' && typeof value === 'string' ? [value] : referencesIn(value),
  );
}
