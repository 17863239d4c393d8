// This file is generated from the composed document by tooling/spec/src/rules.

import { escaped, type JsonObject, type Key, type Place, report } from './findings.gen.js';
import { isMediaReference, isUri, localFile } from './formats.gen.js';

/** Looks at the value of one property or element. */
type Check = (value: unknown, at: Place) => void;

/** Reports a value that is not what it must be. */
export function mistake(at: Place, keyword: string, wanted: string, key?: Key): void {
  report(at, keyword, `must be ${wanted}`, key);
}

/** Checks an object or a list that is a property or an element. */
export function inside(value: unknown, at: Place, key: Key, check: Check): void {
  at.path.push(key);
  check(value, at);
  at.path.pop();
}

/** Reports a property that its object must have. */
export const missing = (at: Place, key: string): void => report(at, 'required', 'is missing', key);

/** Reports a property that its object must not have: it has no others than the `known`. */
export function unknown(value: JsonObject, at: Place, key: string, known: string): void {
  if (Object.hasOwn(value, key)) {
    report(at, 'additionalProperties', `is not one of ${known}`, undefined, escaped(key));
  }
}

export function boolean(value: unknown, at: Place, key: Key): void {
  if (typeof value !== 'boolean') mistake(at, 'type', 'true or false', key);
}

export function string(value: unknown, at: Place, key: Key): void {
  if (typeof value !== 'string') mistake(at, 'type', 'a string', key);
}

/** A string that `accepts` takes; `keyword` is the schema's name for the assertion. */
export function format(
  value: unknown,
  at: Place,
  key: Key,
  keyword: string,
  accepts: (text: string) => boolean,
  wanted: string,
): void {
  if (typeof value !== 'string') mistake(at, 'type', wanted, key);
  else if (!accepts(value)) mistake(at, keyword, wanted, key);
}

export function url(value: unknown, at: Place, key: Key, keyword: string): void {
  format(value, at, key, keyword, isUri, 'a URL');
}

/** The URL or the UUID of a file. */
export function mediaReference(value: unknown, at: Place, key: Key, keyword: string): void {
  format(value, at, key, keyword, isMediaReference, `a URL or a mediaUUID; ${localFile}`);
}

/** One of a few strings; `keyword` is the one the schema uses: `const`, `enum` or `oneOf`. */
export function choice(
  value: unknown,
  at: Place,
  key: Key,
  keyword: string,
  choices: readonly unknown[],
): void {
  if (choices.includes(value)) return;
  mistake(at, typeof value === 'string' ? keyword : 'type', choices.join(' or '), key);
}

export const isList: (value: unknown) => value is unknown[] = Array.isArray;

export const isNumber = (value: unknown): value is number => Number.isFinite(value);

/** A number within bounds, both included. */
export function number(
  value: unknown,
  at: Place,
  key: Key,
  minimum = -Infinity,
  maximum = Infinity,
  isType: (value: unknown) => boolean = isNumber,
  kind = 'a number',
): void {
  const bound = value as number;
  if (isType(value) && bound >= minimum && bound <= maximum) return;
  const from = minimum > -Infinity ? ` from ${minimum}` : '';
  const to = maximum < Infinity ? ` to ${maximum}` : '';
  const keyword = isType(value) ? (bound < minimum ? 'minimum' : 'maximum') : 'type';
  mistake(at, keyword, kind + from + to, key);
}

/** A whole number within bounds, both included. */
export const integer = (
  value: unknown,
  at: Place,
  key: Key,
  minimum?: number,
  maximum?: number,
): void => number(value, at, key, minimum, maximum, Number.isInteger, 'a whole number');

export const isInteger = (value: unknown): value is number => Number.isInteger(value);

/**
 * Length in Unicode code points: JSON Schema counts an emoji as one. They are counted only where the
 * UTF-16 units, one or two of them each, do not tell.
 */
export const isShorter = (text: string, length: number): boolean =>
  text.length < 2 * length && [...text].length < length;

export const isLonger = (text: string, length: number): boolean =>
  text.length > length && [...text].length > length;

/** Whether a list has the same element twice, as JSON Schema compares them. */
export function hasEqual(list: unknown[]): boolean {
  const texts = list.map(canonical);
  return new Set(texts).size < texts.length;
}

/** The same text for equal JSON values, whatever the order of their properties. */
function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical)}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value === 0 ? 0 : value);
  const entries = Object.entries(value).filter(([, part]) => part !== undefined);
  const texts = entries.map(([key, part]) => `${JSON.stringify(key)}:${canonical(part)}`);
  return `{${texts.sort()}}`;
}
