import type { Place } from './legal-value.js';
import type { Schema } from './schema-document.js';

/** Stands for a property that is taken out. */
export const absent = Symbol('absent');

/** A copy in which another value stands at the place; the first element stands for a list. */
export function changed(value: unknown, place: Place, replacement: unknown): unknown {
  const [step, ...rest] = place;
  if (step === undefined) return replacement;
  if (step === '[]') {
    const list = value as unknown[];
    return [changed(list[0], rest, replacement), ...list.slice(1)];
  }
  const object = value as Schema;
  if (rest.length > 0 && !(step in object)) return object;
  const { [step]: own, ...others } = object;
  if (rest.length === 0 && replacement === absent) return others;
  return { ...object, [step]: changed(own, rest, replacement) };
}

/** What stands at the place, or `absent`. */
export function valueAt(value: unknown, place: Place): unknown {
  let current = value;
  for (const step of place) {
    if (typeof current !== 'object' || current === null) return absent;
    const key = step === '[]' ? '0' : step;
    if (!Object.hasOwn(current, key)) return absent;
    current = (current as Schema)[key];
  }
  return current;
}

/** A place at which two values differ, and what stands there; `absent` where nothing does. */
export interface Difference {
  place: string[];
  one: unknown;
  other: unknown;
}

/** The smallest parts in which two JSON values differ. */
export function differences(one: unknown, other: unknown, place: string[] = []): Difference[] {
  const isSameKind =
    isObject(one) && isObject(other) && Array.isArray(one) === Array.isArray(other);
  if (isSameKind) {
    const keys = new Set([...Object.keys(one), ...Object.keys(other)]);
    return [...keys].flatMap((key) =>
      differences(valueAt(one, [key]), valueAt(other, [key]), [...place, key]),
    );
  }
  return Object.is(one, other) ? [] : [{ place, one, other }];
}

const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null;
