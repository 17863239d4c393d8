import type { OpenApiDocument } from '../compose.ts';
import { at, isObject } from '../diff/pointer.ts';
import { type Difference, differencesOf, pointerTo, withoutDifferences } from './differences.ts';
import { smallestPart } from './smallest-part.ts';

/** A document of which what cannot be taken by itself is as it was. */
export interface Rest {
  document: OpenApiDocument;
  heldBack: readonly Difference[];
}

/**
 * Takes back as little of a change as has to be, so that the rest can be taken by itself.
 *
 * A new property that a new rule speaks of is held back with the rule: without the rule, requests
 * would be sent that the API refuses.
 *
 * @param old a document that was taken before.
 * @param isAccepted whether a document can be taken without a person.
 */
export async function holdBack(
  old: OpenApiDocument,
  current: OpenApiDocument,
  isAccepted: (document: OpenApiDocument) => Promise<boolean>,
): Promise<Rest> {
  const restWithout = (part: readonly Difference[]) =>
    withoutDifferences(old, current, part) as OpenApiDocument;
  const differences = differencesOf(old, current);
  const part = await smallestPart(differences, (part) => isAccepted(restWithout(part)));
  const named = new Set(part.flatMap((path) => [...namesIn(at(current, pointerTo(path)))]));
  const withThem = differences.filter(
    (path) =>
      part.includes(path) ||
      (path.at(-2) === 'properties' &&
        named.has(path.at(-1)) &&
        at(old, pointerTo(path)) === undefined),
  );
  // Together they may stand or fall with something else; then nothing is taken.
  const rest = restWithout(withThem);
  if (await isAccepted(rest)) return { document: rest, heldBack: withThem };
  return { document: old, heldBack: differences };
}

/** The properties that a schema names: in `properties`, in `required`, in `dependentRequired`. */
function* namesIn(node: unknown): Generator<unknown> {
  if (typeof node === 'string') yield node;
  if (Array.isArray(node)) for (const element of node) yield* namesIn(element);
  if (!isObject(node)) return;
  for (const [name, value] of Object.entries(node)) {
    yield name;
    yield* namesIn(value);
  }
}
