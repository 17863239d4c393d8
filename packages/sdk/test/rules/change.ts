import type { Location } from './task-arbitrary.js';

export type JsonObject = Record<string, unknown>;
/** A new version of a value; values are never changed in place. */
export type Change = (value: unknown) => unknown;

export const isObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** A copy with another value at the location, or the same where nothing stands there. */
export function changed(value: unknown, location: Location, pick: number, change: Change): unknown {
  const [step, ...rest] = location;
  if (step === undefined) return change(value);
  if (step === '[]') {
    if (!Array.isArray(value) || value.length === 0) return value;
    const index = pick % value.length;
    return value.with(index, changed(value[index], rest, pick, change));
  }
  if (!isObject(value) || !Object.hasOwn(value, step)) return value;
  return { ...value, [step]: changed(value[step], rest, pick, change) };
}

export const put =
  (value: unknown): Change =>
  () =>
    value;
export const without =
  (...names: string[]): Change =>
  (value) =>
    isObject(value)
      ? Object.fromEntries(Object.entries(value).filter(([name]) => !names.includes(name)))
      : value;
export const withAll =
  (more: JsonObject): Change =>
  (value) =>
    isObject(value) ? { ...value, ...more } : value;
export const onList =
  (change: (list: unknown[]) => unknown[]): Change =>
  (value) =>
    Array.isArray(value) ? change(value) : value;
