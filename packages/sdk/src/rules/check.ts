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

/** Appends a broken assertion of the schema, named by its keyword. */
export function report(issues: Issue[], place: Place, keyword: string, message: string): void {
  const rule = place.name ? `${place.name}.${keyword}` : keyword;
  const subject = place.path ? place.path.slice(1).replaceAll('/', '.') : 'The task';
  issues.push({
    rule,
    path: place.path,
    message: `${subject} ${message}.`,
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
      if (value[key] === undefined) {
        report(issues, inside(place, key), 'required', 'is missing');
      }
    }
    for (const key of Object.keys(value)) {
      if (value[key] === undefined) continue;
      if (Object.hasOwn(properties, key)) {
        properties[key]?.(value[key], inside(place, key), issues);
      } else {
        const known = `the known properties here are ${Object.keys(properties).join(', ')}`;
        const { path } = inside(place, key);
        report(issues, { ...place, path }, 'additionalProperties', `does not exist; ${known}`);
      }
    }
    for (const check of together) check(value, place, issues);
  };
}

/** A list whose elements pass the check. Lengths are numbers of elements. */
export function array(item: Check, minItems = 0, maxItems = Number.POSITIVE_INFINITY): Check {
  return (value, place, issues) => {
    if (!Array.isArray(value)) return report(issues, place, 'type', 'must be a list');
    const needed = minItems === maxItems ? `exactly ${minItems}` : `at least ${minItems}`;
    const elements = `must have ${needed} element${minItems === 1 ? '' : 's'}`;
    if (value.length < minItems) report(issues, place, 'minItems', elements);
    if (value.length > maxItems) report(issues, place, 'maxItems', elements);
    value.forEach((element, index) => {
      item(element, inside(place, index), issues);
    });
  };
}

/** A string with a length in Unicode code points. */
export function string(minLength = 0, maxLength = Number.POSITIVE_INFINITY): Check {
  return (value, place, issues) => {
    if (typeof value !== 'string') return report(issues, place, 'type', 'must be a string');
    // Code points, not UTF-16 units: JSON Schema counts an emoji as one.
    const length = [...value].length;
    if (length < minLength) report(issues, place, 'minLength', 'must not be empty');
    if (length > maxLength) {
      report(issues, place, 'maxLength', `is ${length} characters long, over ${maxLength}`);
    }
  };
}

/** A string for which `accepts` holds; `keyword` is the schema's name for the assertion. */
export function format(accepts: (text: string) => boolean, keyword: string, wanted: string): Check {
  return (value, place, issues) => {
    if (typeof value !== 'string') report(issues, place, 'type', `must be ${wanted}`);
    else if (!accepts(value)) report(issues, place, keyword, `must be ${wanted}`);
  };
}

/** One of a few strings; `keyword` is the one the schema uses: `const`, `enum` or `oneOf`. */
export function literal(keyword: string, ...values: string[]): Check {
  const wanted = `must be ${values.length > 1 ? 'one of ' : ''}${values.join(', ')}`;
  return (value, place, issues) => {
    if (typeof value !== 'string') report(issues, place, 'type', wanted);
    else if (!values.includes(value)) report(issues, place, keyword, wanted);
  };
}

export function boolean(value: unknown, place: Place, issues: Issue[]): void {
  if (typeof value !== 'boolean') report(issues, place, 'type', 'must be true or false');
}

interface NumberBounds {
  minimum?: number;
  exclusiveMinimum?: number;
  maximum?: number;
  integer?: boolean;
  /** At most two decimals (`multipleOf: 0.01`). */
  hundredths?: boolean;
}

export function number(bounds: NumberBounds = {}): Check {
  const { minimum, exclusiveMinimum, maximum, integer, hundredths } = bounds;
  return (value, place, issues) => {
    const isRightType = integer ? Number.isInteger(value) : Number.isFinite(value);
    if (typeof value !== 'number' || !isRightType) {
      return report(issues, place, 'type', `must be ${integer ? 'a whole number' : 'a number'}`);
    }
    if (minimum !== undefined && value < minimum) {
      report(issues, place, 'minimum', `is ${value}, below ${minimum}`);
    }
    if (exclusiveMinimum !== undefined && value <= exclusiveMinimum) {
      report(
        issues,
        place,
        'exclusiveMinimum',
        `is ${value} and must be above ${exclusiveMinimum}`,
      );
    }
    if (maximum !== undefined && value > maximum) {
      report(issues, place, 'maximum', `is ${value}, above ${maximum}`);
    }
    if (hundredths && !isHundredths(value)) {
      report(issues, place, 'multipleOf', `is ${value} and may have two decimals at the most`);
    }
  };
}
