import { at } from '@sync3/generated/rules';

/** Objects inside each other; no request has as many. */
const deepest = 100;

/** What the caller of `copyJson` decides. */
interface Choices {
  /** Gives the value that is copied instead; `key` is the property that holds the value. */
  replace: (value: unknown, key: string) => unknown;
  /** Throws. The fault, such as "is NaN", follows the name of the value at the JSON Pointer `path`. */
  refuse: (path: string, fault: string) => never;
}

/**
 * Copies what JSON can carry: `JSON.parse(JSON.stringify(value))` for plain objects, lists, strings,
 * finite numbers and objects with a `toJSON` of their own. Everything else, which `JSON.stringify`
 * would drop, empty or write out byte by byte, is refused at the first place where it stands.
 */
export function copyJson(
  given: unknown,
  choices: Choices,
  path = '',
  key = '',
  holders: unknown[] = [],
): unknown {
  const value = written(choices.replace(given, key), key);
  const fault = faultOf(value, holders);
  if (fault) choices.refuse(path, fault);
  if (typeof value !== 'object' || value === null) return value;
  const copy = (element: unknown, name: string) =>
    copyJson(element, choices, at(path, name), name, [...holders, value]);
  if (Array.isArray(value)) return Array.from(value, (element, index) => copy(element, `${index}`));
  const entries = Object.entries(value).filter(([, element]) => element !== undefined);
  return Object.fromEntries(entries.map(([name, element]) => [name, copy(element, name)]));
}

/** URLs and some other objects say how they are written. A Buffer would say so byte by byte. */
function written(value: unknown, key: string): unknown {
  if (value instanceof Date || ArrayBuffer.isView(value)) return value;
  const { toJSON } = Object(value);
  return typeof toJSON === 'function' ? toJSON.call(value, key) : value;
}

function faultOf(value: unknown, holders: unknown[]): string | undefined {
  if (typeof value === 'number') return Number.isFinite(value) ? undefined : `is ${value}`;
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return undefined;
  if (typeof value !== 'object') return `is of type ${typeof value}`;
  if (holders.includes(value) || holders.length >= deepest) {
    return `contains itself, or stands inside ${deepest} others`;
  }
  // A plain object of another realm has another `Object.prototype`, with nothing above it either.
  const prototype = Object.getPrototypeOf(value);
  const isPlain = Array.isArray(value) || !prototype || !Object.getPrototypeOf(prototype);
  return isPlain ? undefined : `is of class ${prototype.constructor?.name}`;
}
