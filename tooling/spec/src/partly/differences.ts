import { isSame } from '../diff/canonical.ts';
import { isObject, pointerOf } from '../diff/pointer.ts';

/** A place at which two documents differ: its names from the root. Lists differ as a whole. */
export type Difference = readonly string[];

/** Where two documents differ, as deep down as objects go. */
export function differencesOf(old: unknown, current: unknown): Difference[] {
  return [...find(old, current, [])];
}

function* find(old: unknown, current: unknown, path: Difference): Generator<Difference> {
  if (isSame(old, current)) return;
  if (!isObject(old) || !isObject(current)) {
    yield path;
    return;
  }
  for (const name of new Set([...Object.keys(old), ...Object.keys(current)])) {
    yield* find(old[name], current[name], [...path, name]);
  }
}

/** The current document with some of the places as they were in the old one. */
export function withoutDifferences(
  old: unknown,
  current: unknown,
  differences: readonly Difference[],
): unknown {
  const document = structuredClone(current);
  for (const path of differences) {
    const name = path.at(-1);
    if (name === undefined) return structuredClone(old);
    const parent = parentOf(document, path);
    const before = parentOf(old, path);
    if (!parent) continue;
    if (before && Object.hasOwn(before, name)) parent[name] = structuredClone(before[name]);
    else delete parent[name];
  }
  return document;
}

function parentOf(document: unknown, path: Difference): Record<string, unknown> | undefined {
  let node = document;
  for (const name of path.slice(0, -1)) node = isObject(node) ? node[name] : undefined;
  return isObject(node) ? node : undefined;
}

/** As an address in the document: `#/paths/~1jobs`. */
export const pointerTo = (difference: Difference): string => pointerOf(difference as string[]);
