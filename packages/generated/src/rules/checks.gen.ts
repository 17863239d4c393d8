// This file is generated from the composed document by tooling/spec/src/rules.

import { escaped, isObject, type JsonObject, type Key, type Place, report } from './findings.gen.js';
import { isMediaReference, isOrdinaryUrl, isUri, isUuid, localFile } from './formats.gen.js';

/** Looks at the value of one property or element; without a key, at the whole task. */
export type Check = (value: unknown, at: Place, key?: Key) => void;

const mistake = (at: Place, keyword: string, wanted: string, key?: Key) =>
  report(at, keyword, `must be ${wanted}`, key);

/**
 * An object with these properties and, when it is closed, no others. A property whose value is
 * `undefined` counts as absent, as `JSON.stringify` leaves it out.
 *
 * @param component names the checks of several properties together.
 */
export function object(
  component: string,
  properties: Readonly<Record<string, Check>>,
  required: readonly string[] = [],
  isOpen = false,
): Check {
  const checks = new Map(Object.entries(properties));
  return (value, at, key) => {
    if (!isObject(value)) return mistake(at, 'type', 'an object', key);
    if (key !== undefined) at.path.push(key);
    for (const name of required) {
      if (value[name] === undefined) report(at, 'required', 'is missing', name);
    }
    for (const name in value) {
      const property = value[name];
      if (property === undefined) continue;
      const check = checks.get(name);
      if (check) check(property, at, name);
      else if (!isOpen && Object.hasOwn(value, name)) {
        const known = [...checks.keys()].join(', ');
        report(at, 'additionalProperties', `is not one of ${known}`, undefined, escaped(name));
      }
    }
    at.crossField[component]?.(value, at);
    if (key !== undefined) at.path.pop();
  };
}

/** A list whose elements pass the check. Lengths are numbers of elements. */
export function list(item: Check, wanted: string, minItems = 0, maxItems = Infinity): Check {
  return (value, at, key) => {
    if (!Array.isArray(value)) return mistake(at, 'type', wanted, key);
    if (value.length < minItems) mistake(at, 'minItems', wanted, key);
    if (value.length > maxItems) mistake(at, 'maxItems', wanted, key);
    at.path.push(key ?? '');
    for (let index = 0; index < value.length; index += 1) item(value[index], at, index);
    at.path.pop();
  };
}

/** A list of plain numbers, of which there may be many. */
export function numbers(wanted: string, minItems?: number, maxItems?: number): Check {
  const checkAll = list(number(), wanted, minItems, maxItems);
  return (value, at, key) => {
    const isFit = Array.isArray(value) && value.length === minItems && minItems === maxItems;
    let index = 0;
    while (isFit && Number.isFinite(value[index])) index += 1;
    if (!isFit || index < value.length) checkAll(value, at, key);
  };
}

/** A list without the same element twice. */
export function unique(check: Check, wanted: string): Check {
  return (value, at, key) => {
    check(value, at, key);
    if (!Array.isArray(value)) return;
    const texts = value.map(canonical);
    if (new Set(texts).size < texts.length) mistake(at, 'uniqueItems', wanted, key);
  };
}

/** The same text for equal JSON values, whatever the order of their properties. */
function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical)}]`;
  if (!isObject(value)) return JSON.stringify(value === 0 ? 0 : value);
  const given = Object.entries(value as JsonObject).filter(([, part]) => part !== undefined);
  const texts = given.map(([key, part]) => `${JSON.stringify(key)}:${canonical(part)}`);
  return `{${texts.sort()}}`;
}

/** Also `null`. */
export const nullable =
  (check: Check): Check =>
  (value, at, key) => {
    if (value !== null) check(value, at, key);
  };

/** Anything. */
export const any: Check = () => {};

export const isNumber = (value: unknown): value is number => Number.isFinite(value);
export const isString = (value: unknown): value is string => typeof value === 'string';
export const isBoolean = (value: unknown): value is boolean => typeof value === 'boolean';
export const isInteger: (value: unknown) => value is number = Number.isInteger as never;
export const isAnything = (_: unknown): _ is unknown => true;

const mistakes = (at: Place, keywords: string, wanted: string, key?: Key) => {
  for (const keyword of keywords.slice(1).split(' ')) mistake(at, keyword, wanted, key);
};

/**
 * A value of the right type.
 *
 * @param broken the keywords that it breaks, each with a space before it.
 */
export function scalar<Type>(
  wanted: string,
  isType: (value: unknown) => value is Type,
  broken: (value: Type) => string = () => '',
): Check {
  return (value, at, key) => {
    const keywords = isType(value) ? broken(value) : ' type';
    if (keywords !== '') mistakes(at, keywords, wanted, key);
  };
}

/** The same of a number: times stand in long lists, and a call less is quicker. */
export function numeric(wanted: string, broken: (value: number) => string): Check {
  return (value, at, key) => {
    const keywords = Number.isFinite(value) ? broken(value as number) : ' type';
    if (keywords !== '') mistakes(at, keywords, wanted, key);
  };
}

export const boolean: Check = scalar('true or false', isBoolean);

/** A number within bounds, both included. */
export function number(minimum = -Infinity, maximum = Infinity, isWhole = false): Check {
  const from = minimum > -Infinity ? ` from ${minimum}` : '';
  const to = maximum < Infinity ? ` to ${maximum}` : '';
  const wanted = `a ${isWhole ? 'whole ' : ''}number${from}${to}`;
  return (value, at, key) => {
    if (!isNumber(value) || (isWhole && !isInteger(value))) mistake(at, 'type', wanted, key);
    else if (value < minimum) mistake(at, 'minimum', wanted, key);
    else if (value > maximum) mistake(at, 'maximum', wanted, key);
  };
}

/** A whole number within bounds, both included. */
export const integer = (minimum?: number, maximum?: number): Check =>
  number(minimum, maximum, true);

export const string: Check = scalar('a string', isString);

/** A string that `accepts` takes; `keyword` is the schema's name for the assertion. */
export const format = (
  keyword: string,
  accepts: (text: string) => boolean,
  wanted: string,
): Check => scalar(wanted, isString, (text) => (accepts(text) ? '' : ` ${keyword}`));

export const uuid: Check = format('format', isUuid, 'a UUID');

/** A URL; the place remembers whether it is an unusual one. */
const url = (keyword: string, accepts: (text: string) => boolean, wanted: string): Check => {
  const check = format(keyword, accepts, wanted);
  return (value, at, key) => {
    if (isString(value) && isOrdinaryUrl(value)) return;
    at.isUnusual = true;
    check(value, at, key);
  };
};

export const uri: Check = url('format', isUri, 'a URL');

/** The URL or the UUID of a file. */
export const mediaReference = url('anyOf', isMediaReference, `a URL or a mediaUUID; ${localFile}`);

/** One of a few strings; `keyword` is the one the schema uses: `const`, `enum` or `oneOf`. */
export const choice = (keyword: string, ...choices: string[]): Check =>
  format(keyword, (text) => choices.includes(text), choices.join(' or '));

/**
 * Length in Unicode code points: JSON Schema counts an emoji as one. They are counted only where the
 * UTF-16 units, one or two of them each, do not tell.
 */
export const isShorter = (text: string, length: number): boolean =>
  text.length < 2 * length && [...text].length < length;

export const isLonger = (text: string, length: number): boolean =>
  text.length > length && [...text].length > length;
