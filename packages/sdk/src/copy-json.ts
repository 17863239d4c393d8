import { at, fail, nameOf } from './rules/check.js';
import type { Issue } from './rules/issue.js';

/** More than any request has. */
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
  if (value === null || ['string', 'boolean'].includes(typeof value) || Number.isFinite(value)) {
    return value;
  }
  const fault = faultOf(value, holders);
  if (fault) {
    const issues: Issue[] = [];
    fail(issues, 'not-json', path, `${nameOf(path)} ${fault}`, 'docs');
    choices.refuse(issues);
  }
  const copy = (element: unknown, name: string) =>
    copyJson(element, choices, at(path, name), name, [...holders, value]);
  if (Array.isArray(value)) return Array.from(value, (element, index) => copy(element, `${index}`));
  const entries = Object.entries(value as object).filter(([, element]) => element !== undefined);
  return Object.fromEntries(entries.map(([name, element]) => [name, copy(element, name)]));
}

/** A URL and other objects say how they are written. A Buffer does so, too, at 4 characters a byte. */
function written(value: unknown, key: string): unknown {
  const isWritable = typeof value === 'object' && !ArrayBuffer.isView(value);
  const { toJSON } = Object(isWritable && !(value instanceof Date) ? value : undefined);
  return typeof toJSON === 'function' ? toJSON.call(value, key) : value;
}

/** Properties of buffers and their views, streams, answers of `fetch`, Blobs of other libraries. */
const signsOfBytes = ['byteLength', 'getReader', 'pipe', Symbol.asyncIterator, 'arrayBuffer'];

/** Why a value that is neither a string, a boolean, a finite number nor null cannot be copied. */
function faultOf(value: unknown, holders: unknown[]): string | undefined {
  const plain = 'Give plain objects, lists, strings and finite numbers.';
  if (typeof value !== 'object' || value === null) {
    const kind = typeof value === 'number' ? value : `of type ${typeof value}`;
    return `is ${kind}, which JSON cannot carry. ${plain}`;
  }
  if (holders.includes(value)) return `contains itself. ${plain}`;
  if (holders.length >= deepest) return `stands inside ${deepest} others. ${plain}`;
  const prototype = Object.getPrototypeOf(value);
  // A plain object of another realm has another `Object.prototype`.
  if (Array.isArray(value) || !prototype || !Object.getPrototypeOf(prototype)) return undefined;
  const remedy = signsOfBytes.some((name) => name in value)
    ? 'Give bytes as new Blob([bytes]), a file as file(path) from @sync3/sdk/node.'
    : plain;
  return `is of class ${String(prototype.constructor?.name || '(unnamed)')}, which JSON cannot carry. ${remedy}`;
}
