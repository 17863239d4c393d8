import type { Issue } from '../../errors/issue.js';
import { at, isObject, type JsonObject } from '../../wire/json.js';
import { isHundredths } from './hundredths.js';

/** Looks at the value at a JSON Pointer and appends what it finds to `issues`. */
export type Check = (value: unknown, path: string, issues: Issue[]) => void;

/** Looks at the properties of one object together. */
export type ObjectCheck = (value: JsonObject, path: string, issues: Issue[]) => void;

/** How messages name the value at a JSON Pointer. */
export const nameOf = (path: string): string => path.slice(1).replaceAll('/', '.') || 'The task';

/** Appends what is wrong, or not advisable. */
export function fail(
  issues: Issue[],
  rule: string,
  path: string,
  message: string,
  origin: Issue['origin'] = 'schema',
  severity: Issue['severity'] = 'error',
): void {
  issues.push({ rule, path, message, severity, origin });
}

/**
 * Appends a broken assertion of the schema.
 *
 * @param owner pointer of what the schema asserts it of; it names the rule, with the keyword.
 * @param fault what is wrong; follows the name of the value at `path`.
 */
export function report(
  issues: Issue[],
  owner: string,
  keyword: string,
  fault: string,
  path = owner,
): void {
  const rule = `${owner}.${keyword}`.slice(1).replace(/\/\d+/g, '[]');
  fail(issues, rule.replaceAll('/', '.'), path, `${nameOf(path)} ${fault}.`);
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
  return (value, path, issues) => {
    if (!isObject(value)) return report(issues, path, 'type', 'must be an object');
    for (const key of required) {
      if (value[key] === undefined) report(issues, `${path}/${key}`, 'required', 'is missing');
    }
    for (const key of Object.keys(value)) {
      if (value[key] === undefined) continue;
      if (Object.hasOwn(properties, key)) properties[key]?.(value[key], `${path}/${key}`, issues);
      else {
        const fault = `is not one of ${Object.keys(properties).join(', ')}`;
        report(issues, path, 'additionalProperties', fault, at(path, key));
      }
    }
    for (const check of together) check(value, path, issues);
  };
}

/** A value of the right type for which all assertions hold, which go by the schema's keywords. */
export function value<Type>(
  wanted: string,
  isType: (value: unknown) => boolean,
  assertions: Record<string, (value: Type) => boolean> = {},
): Check {
  const fault = `must be ${wanted}`;
  return (value, path, issues) => {
    if (!isType(value)) return report(issues, path, 'type', fault);
    for (const keyword in assertions) {
      if (!assertions[keyword]?.(value as Type)) report(issues, path, keyword, fault);
    }
  };
}

/** A list whose elements pass the check. Lengths are numbers of elements. */
export function array(item: Check, wanted: string, minItems = 0, maxItems = Infinity): Check {
  const list = value<unknown[]>(`a list of ${wanted}`, Array.isArray, {
    minItems: ({ length }) => length >= minItems,
    maxItems: ({ length }) => length <= maxItems,
  });
  return (value, path, issues) => {
    list(value, path, issues);
    if (!Array.isArray(value)) return;
    value.forEach((element, index) => {
      item(element, `${path}/${index}`, issues);
    });
  };
}

const isString = (value: unknown) => typeof value === 'string';

/**
 * A string with a length in Unicode code points: JSON Schema counts an emoji as one. They are counted
 * only where the UTF-16 units, one or two of them each, do not tell.
 */
export function string(minLength = 0, maxLength = Infinity): Check {
  const length = minLength ? ` of ${minLength} to ${maxLength} characters` : '';
  return value<string>(`a string${length}`, isString, {
    minLength: (text) => text.length >= 2 * minLength || [...text].length >= minLength,
    maxLength: (text) => text.length <= maxLength || [...text].length <= maxLength,
  });
}

/** A string for which `accepts` holds; `keyword` is the schema's name for the assertion. */
export function format(accepts: (text: string) => boolean, keyword: string, wanted: string): Check {
  return value(wanted, isString, { [keyword]: accepts });
}

/** One of a few strings; `keyword` is the one the schema uses: `const`, `enum` or `oneOf`. */
export function literal(keyword: string, ...values: string[]): Check {
  return format((text) => values.includes(text), keyword, values.join(' or '));
}

export const boolean = value('true or false', (value) => typeof value === 'boolean');

export const integer = 'a whole number';
/** `multipleOf: 0.01`. */
export const hundredths = 'a number with at most two decimals';

/** A number within bounds, both included. */
export function number(minimum = -Infinity, maximum = Infinity, kind = 'a number'): Check {
  const from = minimum > -Infinity ? ` from ${minimum}` : '';
  const to = maximum < Infinity ? ` to ${maximum}` : '';
  const isType = kind === integer ? Number.isInteger : Number.isFinite;
  return value<number>(kind + from + to, isType, {
    minimum: (value) => value >= minimum,
    maximum: (value) => value <= maximum,
    multipleOf: (value) => kind !== hundredths || isHundredths(value),
  });
}
