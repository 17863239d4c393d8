import { isDeepStrictEqual } from 'node:util';
import type { OpenApiDocument } from '../compose.ts';
import { isObject } from '../diff/pointer.ts';
import type { History } from './history.ts';
import { type Path, printPath, valueAt } from './json-path.ts';
import { describeMissing } from './missing.ts';
import { betweenFaults, OverlayError } from './overlay-error.ts';
import type { Action } from './read-overlay.ts';
import { shortened } from './shortened.ts';

/**
 * Makes sure that an action finds the document as its author did: its target is there, what it adds
 * is not, and what it removes is what it says. Nothing of upstream's is overwritten or lost unseen.
 *
 * @param document what upstream and the actions before this one give.
 * @throws {OverlayError} with what upstream has there now.
 */
export function checkAction(
  document: OpenApiDocument,
  upstream: OpenApiDocument,
  action: Action,
  history: History,
): void {
  const name = `${action.where}: ${action.kind} "${printPath(action.target)}"`;
  const find = (path: Path, what: string) => {
    const value = valueAt(document, path);
    if (value !== undefined) return value;
    const now = describeMissing(document, upstream, path, history);
    throw new OverlayError(`${name} ${what}. ${now} Mend or remove the action.`);
  };

  const there = find(action.target, 'matches nothing');
  let fault: string | undefined;
  if (action.kind === 'remove') {
    fault = faultOfRemoval(there, action, history);
  } else if (action.kind === 'update') {
    fault = faultOfAddition(there, action.value, action.target, history);
  } else {
    const what = `copies "${printPath(action.source)}", where nothing stands`;
    fault = faultOfAddition(there, find(action.source, what), action.target, history);
  }
  if (fault) throw new OverlayError(`${name} ${fault}`);
}

/** An addition adds names to an object, or elements to a list, and none that are there. */
function faultOfAddition(there: unknown, added: unknown, target: Path, history: History) {
  if (Array.isArray(there)) {
    const elements = Array.isArray(added) ? added : [added];
    const same = elements.find((element) => there.some((own) => isDeepStrictEqual(own, element)));
    if (same === undefined) return undefined;
    return `adds ${shortened(same)} to a list in which upstream has it now. Remove it from the action.`;
  }
  if (!isObject(there)) {
    return `can add nothing: upstream now has there ${shortened(there)}. To replace it, remove it first.`;
  }
  if (!isObject(added)) {
    return `adds no names: upstream now has there ${shortened(there)}. Mend or remove the action.`;
  }
  const faults = Object.entries(added).flatMap(([name, value]) => {
    const own = valueAt(there, [name]);
    if (own === undefined) return [];
    const place = [...target, name];
    const earlier = history.additionAt(place);
    if (earlier) return [`adds \`${name}\`, which ${earlier} has added.`];
    const now = `upstream now has at ${printPath(history.upstreamPath(place))}`;
    if (isDeepStrictEqual(own, value)) {
      return [`adds \`${name}\`, which ${now}, just the same. Remove it from the action.`];
    }
    return [`adds \`${name}\`, but ${now}: ${shortened(own)}. Mend or remove the action.`];
  });
  return faults.length > 0 ? faults.join(betweenFaults) : undefined;
}

/** A removal says what it removes, unless an earlier action copied just that to another place. */
function faultOfRemoval(
  there: unknown,
  { target, removes }: Action & { kind: 'remove' },
  history: History,
) {
  const now = `upstream now has at ${printPath(history.upstreamPath(target))}: ${shortened(there)}.`;
  if (removes !== undefined) {
    if (isDeepStrictEqual(there, removes)) return undefined;
    return `expects ${shortened(removes)}, but ${now} Keep what is new, or change x-removes.`;
  }
  const copies = history.copiesFrom(target);
  if (copies.some((copy) => isDeepStrictEqual(there, copy))) return undefined;
  return `removes what no action has copied; ${now} Copy it first, or name it in x-removes.`;
}
