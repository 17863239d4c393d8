import { isHundredths } from './hundredths.js';
import type { Issue } from './issue.js';

/** Where a check stands: in the schema (names the rule) and in the value (JSON Pointer). */
export interface Place {
  /** Dotted name in the schema, `''` at the root, `settings.segments[]` in a list. */
  name: string;
  path: string;
}

/** Looks at one value and appends what it finds to `issues`. */
export type Check = (value: unknown, place: Place, issues: Issue[]) => void;

/** A JSON object, seen from outside. */
export type JsonObject = Record<string, unknown>;

/** Looks at the properties of one object together. */
export type ObjectCheck = (value: JsonObject, place: Place, issues: Issue[]) => void;

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Appends a broken assertion of the schema, named by its keyword. `fault` follows the place. */
export function report(
  issues: Issue[],
  { name, path }: Place,
  keyword: string,
  fault: string,
): void {
  const subject = path ? path.slice(1).replaceAll('/', '.') : 'The task';
  issues.push({
    rule: name ? `${name}.${keyword}` : keyword,
    path,
    message: `${subject} ${fault}.`,
    severity: 'error',
    origin: 'schema',
  });
}

/** The place of a property, or of an element when the key is a number. */
export function inside({ name, path }: Place, key: string | number): Place {
  const step = typeof key === 'number' ? '[]' : name ? `.${key}` : key;
  return {
    name: name + step,
    path: `${path}/${`${key}`.replaceAll('~', '~0').replaceAll('/', '~1')}`,
  };
}

/**
 * An object with these properties and no others (`additionalProperties: false`).
 * A property whose value is `undefined` counts as absent, as `JSON.stringify` leaves it out.
 */
export function object(
  properties: Record<string, Check>,
  required: string[] = [],
  ...together: ObjectCheck[]
): Check {
  return (value, place, issues) => {
    if (!isObject(value)) return report(issues, place, 'type', 'must be an object');
    for (const key of required) {
      if (value[key] === undefined) report(issues, inside(place, key), 'required', 'is missing');
    }
    for (const key of Object.keys(value)) {
      if (value[key] === undefined) continue;
      const at = inside(place, key);
      if (Object.hasOwn(properties, key)) properties[key]?.(value[key], at, issues);
      else {
        const fault = `is not one of ${Object.keys(properties).join(', ')}`;
        report(issues, { ...at, name: place.name }, 'additionalProperties', fault);
      }
    }
    for (const check of together) check(value, place, issues);
  };
}

/** A list whose elements pass the check. Lengths are numbers of elements. */
export function array(item: Check, wanted: string, minItems = 0, maxItems = Infinity): Check {
  return (value, place, issues) => {
    const fault = `must be a list of ${wanted}`;
    if (!Array.isArray(value)) return report(issues, place, 'type', fault);
    if (value.length < minItems) report(issues, place, 'minItems', fault);
    if (value.length > maxItems) report(issues, place, 'maxItems', fault);
    value.forEach((element, index) => {
      item(element, inside(place, index), issues);
    });
  };
}

/** A string with a length in Unicode code points. */
export function string(minLength = 0, maxLength = Infinity): Check {
  const length = minLength ? ` of ${minLength} to ${maxLength} characters` : '';
  const fault = `must be a string${length}`;
  return (value, place, issues) => {
    if (typeof value !== 'string') return report(issues, place, 'type', fault);
    // Code points, not UTF-16 units: JSON Schema counts an emoji as one.
    const { length } = [...value];
    if (length < minLength) report(issues, place, 'minLength', fault);
    if (length > maxLength) report(issues, place, 'maxLength', fault);
  };
}

/** A string for which `accepts` holds; `keyword` is the schema's name for the assertion. */
export function format(accepts: (text: string) => boolean, keyword: string, wanted: string): Check {
  return (value, place, issues) => {
    const isString = typeof value === 'string';
    if (isString && accepts(value)) return;
    report(issues, place, isString ? keyword : 'type', `must be ${wanted}`);
  };
}

/** One of a few strings; `keyword` is the one the schema uses: `const`, `enum` or `oneOf`. */
export function literal(keyword: string, ...values: string[]): Check {
  const wanted = `${values.length > 1 ? 'one of ' : ''}${values.join(', ')}`;
  return format((text) => values.includes(text), keyword, wanted);
}

export function boolean(value: unknown, place: Place, issues: Issue[]): void {
  if (typeof value !== 'boolean') report(issues, place, 'type', 'must be true or false');
}

interface NumberBounds {
  minimum?: number;
  exclusiveMinimum?: number;
  maximum?: number;
}

const plain = 'a number';
export const integer = 'a whole number';
/** `multipleOf: 0.01`. */
export const hundredths = 'a number with at most two decimals';

export function number(bounds: NumberBounds = {}, kind = plain): Check {
  const { minimum = -Infinity, exclusiveMinimum = -Infinity, maximum = Infinity } = bounds;
  const range = Object.entries(bounds).map(([name, bound]) => `, ${name} ${bound}`);
  const fault = `must be ${kind}${range.join('')}`;
  return (value, place, issues) => {
    const check = (keyword: string, isKept: boolean) => {
      if (!isKept) report(issues, place, keyword, fault);
    };
    const isRightType = kind === integer ? Number.isInteger(value) : Number.isFinite(value);
    if (!isRightType || typeof value !== 'number') return check('type', false);
    check('minimum', value >= minimum);
    check('exclusiveMinimum', value > exclusiveMinimum);
    check('maximum', value <= maximum);
    check('multipleOf', kind !== hundredths || isHundredths(value));
  };
}
