import { at, fail, nameOf } from './rules/check.js';
import type { Issue } from './rules/issue.js';

/** Objects inside each other; no request has as many. */
const deepest = 100;

/** What the caller of `copyJson` decides. */
interface Choices {
  /** Gives the value that is copied instead; `key` is the property that holds the value. */
  replace: (value: unknown, key: string) => unknown;
  /** Throws. */
  refuse: (issues: Issue[]) => never;
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
  if (fault) {
    const issues: Issue[] = [];
    fail(issues, 'not-json', path, `${nameOf(path)} ${fault}`, 'docs');
    choices.refuse(issues);
  }
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

/** Properties of buffers and their views, streams, answers of `fetch`, Blobs of other libraries. */
const signsOfBytes = ['byteLength', 'getReader', 'pipe', Symbol.asyncIterator, 'arrayBuffer'];

/** Why JSON cannot carry a value. */
function faultOf(value: unknown, holders: unknown[]): string | undefined {
  const remedy = 'Give plain objects, lists, strings and finite numbers.';
  if (typeof value !== 'object') {
    if (['string', 'boolean'].includes(typeof value) || Number.isFinite(value)) return undefined;
    const kind = typeof value === 'number' ? value : `of type ${typeof value}`;
    return `is ${kind}, which JSON cannot carry. ${remedy}`;
  }
  if (holders.includes(value) || holders.length >= deepest) {
    return `contains itself, or stands inside ${deepest} others. ${remedy}`;
  }
  // A plain object of another realm has another `Object.prototype`, with nothing above it either.
  const prototype = value && Object.getPrototypeOf(value);
  if (Array.isArray(value) || !prototype || !Object.getPrototypeOf(prototype)) return undefined;
  const areBytes = signsOfBytes.some((name) => name in (value as object));
  return `is of class ${prototype.constructor?.name}, which JSON cannot carry. ${
    areBytes
      ? 'Give bytes as new Blob([bytes]), a file as file(path) from @sync3/sdk/node.'
      : remedy
  }`;
}
