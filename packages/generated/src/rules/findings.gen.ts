// This file is generated from the composed document by tooling/spec/src/rules.

/** One thing that is wrong, or probably wrong, with a request. */
export interface Issue {
  /**
   * Name of the rule that was broken. A rule that restates one assertion of the schema is named by
   * property and keyword (`settings.segments[].startTime.multipleOf`); the others have a name of
   * their own (`one-audio-source`).
   */
  rule: string;
  /** JSON Pointer of the value; for a property that is missing, of the place where it belongs. */
  path: string;
  /** What is wrong and what to do. Never contains a URL from the request. */
  message: string;
  /** `error`: the request is not sent. `warning`: legal, and probably not what was meant. */
  severity: 'error' | 'warning';
  /** `schema`: the upstream JSON Schema says so. `docs`: only its prose or the documentation does. */
  origin: 'schema' | 'docs';
}

/** A JSON object, seen from outside. */
export type JsonObject = Record<string, unknown>;

/** Name of a property, or index in a list. */
export type Key = string | number;

/** Looks at the properties of one object together. */
export type ObjectCheck = (value: JsonObject, at: Place) => void;

/** The checks of properties together, by the component whose properties they are. */
export type CrossField = Readonly<Record<string, ObjectCheck | undefined>>;

/** Where a check is, and what has been found so far. */
export interface Place {
  issues: Issue[];
  /** The way from the task to the value that is looked at. Checks put it back as it was. */
  path: Key[];
  crossField: CrossField;
}

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The JSON Pointer of a property or an element (RFC 6901). */
export const at = (path: string, key: string): string => `${path}/${escaped(key)}`;

/** A name as it stands in a JSON Pointer. */
export const escaped = (key: string): string => key.replaceAll('~', '~0').replaceAll('/', '~1');

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
 * The JSON Pointer of the value that is looked at, or of one of its properties or elements.
 *
 * @param key escaped; names in the document need no escape.
 */
export function pointerOf({ path }: Place, key?: Key): string {
  const parent = path.length > 0 ? `/${path.join('/')}` : '';
  return key === undefined ? parent : `${parent}/${key}`;
}

/**
 * Appends a broken assertion of the schema.
 *
 * @param fault what is wrong; follows the name of the value.
 * @param key the property or element that the schema asserts it of; without one, the value itself.
 * @param found where it shows, when that is another property.
 */
export function report(place: Place, keyword: string, fault: string, key?: Key, found = key): void {
  let rule = '';
  for (const step of place.path) rule += ruleStep(step);
  if (key !== undefined) rule += ruleStep(key);
  const path = pointerOf(place, found);
  fail(place.issues, `${rule}.${keyword}`.slice(1), path, `${nameOf(path)} ${fault}.`);
}

const ruleStep = (step: Key): string => (typeof step === 'number' ? '[]' : `.${step}`);
