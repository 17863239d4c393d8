import { isSame } from '../diff/canonical.ts';
import { isProse } from '../diff/compare-annotations.ts';
import { isObject, type JsonObject } from '../diff/pointer.ts';
import { type Path, printPath, valueAt } from './json-path.ts';
import { describeMissing } from './missing.ts';
import { OverlayError } from './overlay-error.ts';
import type { Action } from './read-overlay.ts';
import { shortened } from './shortened.ts';

/** What of an overlay upstream says by itself now, so that a person can take it out of the overlay. */
export interface Repetition {
  /** File and line of the action, such as `05-statuses.overlay.yaml:8`. */
  where: string;
  /** The places that upstream describes itself, or that are gone, as JSONPaths. */
  places: string[];
  /** Whether nothing of the action is needed any more. */
  isWhole: boolean;
  /** `repeated`: upstream has it. `superseded`: upstream says something else than what it corrects. `gone`: what it is about. */
  reason: 'repeated' | 'superseded' | 'gone';
}

/**
 * Adds what an action says to the document, in place. What upstream has already in the same words is
 * left to upstream, and so is its own prose; nothing that it asserts is overwritten.
 *
 * @param upstream the normal form that the first action found.
 * @returns what of the action is no longer needed.
 * @throws {OverlayError} upstream contradicts the action, or has no place for it.
 */
export function applyAction(
  document: JsonObject,
  upstream: JsonObject,
  action: Action,
): Repetition | undefined {
  const { where, target, value, replaces } = action;
  const name = `${where}: update "${printPath(target)}"`;
  const whole = { where, places: [printPath(target)], isWhole: true };
  const there = valueAt(document, target);
  if (there === undefined) {
    if (isAboutSomethingGone(upstream, target)) return { ...whole, reason: 'gone' };
    const now = describeMissing(upstream, target);
    throw new OverlayError(`${name} matches nothing. ${now} Mend or remove the action.`);
  }
  if (replaces && isObject(there)) {
    const isThere = Object.entries(replaces).every(([key, old]) => isSame(there[key], old));
    if (!isThere) return { ...whole, reason: 'superseded' };
    for (const key of Object.keys(replaces)) delete there[key];
  }

  const repeated: Path[] = [];
  let additions = 0;
  const isUpstream = (path: Path) => valueAt(upstream, path) !== undefined;
  const add = (own: unknown, added: unknown, path: Path): unknown => {
    if (own === undefined) {
      additions++;
      return structuredClone(added);
    }
    if (isSame(own, added) || isOwnProse(path, own, added)) {
      if (!isUpstream(path))
        throw new OverlayError(
          `${name} adds ${printPath(path)}, which an earlier action has added.`,
        );
      repeated.push(path);
      return own;
    }
    if (Array.isArray(own) && Array.isArray(added)) {
      additions++;
      own.push(...added.filter((element) => !own.some((one) => isSame(one, element))));
      return own;
    }
    if (isObject(own) && isObject(added)) {
      for (const [key, part] of Object.entries(added))
        own[key] = add(own[key], part, [...path, key]);
      return own;
    }
    throw new OverlayError(
      `${name} adds ${shortened(added)} as ${printPath(path)}, but upstream now has there: ` +
        `${shortened(own)}. Mend or remove the action.`,
    );
  };
  add(there, value, target);
  if (repeated.length === 0) return undefined;
  return { where, places: repeated.map(printPath), isWhole: additions === 0, reason: 'repeated' };
}

/** Upstream describes it in its own words. */
const isOwnProse = (path: Path, own: unknown, added: unknown) =>
  isProse(String(path.at(-1))) && typeof own === 'string' && typeof added === 'string';

/** Whether upstream has taken away a type or a field that the action says more about. */
function isAboutSomethingGone(upstream: JsonObject, target: Path): boolean {
  const depth = target.findIndex(
    (_, index) => valueAt(upstream, target.slice(0, index + 1)) === undefined,
  );
  const enclosing = target[depth - 1];
  return enclosing === 'schemas' || enclosing === 'properties';
}
