import { isSame } from './canonical.ts';
import { isProse } from './compare-annotations.ts';
import { added, breaking, type Direction, type Finding } from './finding.ts';
import { canApply } from './limits.ts';
import { isObject, type JsonObject, resolve } from './pointer.ts';
import type { Side, Unit } from './units.ts';
import { describe, list } from './words.ts';

/**
 * Compares a union with one value, or with a union that has other limits beside it: what both take
 * can be written in the members or beside them.
 *
 * @returns `undefined` when neither takes all that the other does, as far as can be seen.
 */
export function compareAlternatives(unit: Unit, direction: Direction): Finding | undefined {
  const { keyword, old, current } = unit;
  const [before, now] = [alternatives(old, keyword), alternatives(current, keyword)];
  if (!before || !now) return undefined;
  const without = (some: JsonObject[], others: JsonObject[]) =>
    some.filter((one) => !others.some((other) => isSame(limitsOf(one), limitsOf(other))));
  const [come, gone] = [without(now, before), without(before, now)];
  const words = (some: JsonObject[]) => list([...new Set(some.map(describe))], 'or');
  const isRequest = direction === 'request';
  if (gone.length === 0 && come.length > 0) {
    return isRequest
      ? added(`also takes ${words(come)}.`)
      : breaking(`can also be ${words(come)}. Allow for that where values are told apart.`);
  }
  if (come.length === 0 && gone.length > 0) {
    return isRequest
      ? breaking(`no longer takes ${words(gone)}. Send ${words(now)} instead.`)
      : added(`is never ${words(gone)} any more.`);
  }
  return undefined;
}

/** Whether limits have moved into a union, or out of one. */
export function isRewrittenUnion({ keyword, old, current }: Unit): boolean {
  if (keyword !== 'anyOf' && keyword !== 'oneOf') return false;
  const [before, now] = [old.schema, current.schema].map(({ [keyword]: _, ...rest }) =>
    limitsOf(rest),
  );
  return keyword in old.schema !== keyword in current.schema || !isSame(before, now);
}

/** Every way to fit a schema; a schema without the union has one. */
function alternatives({ schema, document }: Side, keyword: string): JsonObject[] | undefined {
  const { [keyword]: union, default: _, title, ...beside } = schema;
  if (union === undefined) return [{ ...beside, title }];
  const members = [union].flat().map((member) => resolve(document, member));
  if (!members.every(isObject)) return undefined;
  const limits = Object.keys(limitsOf(beside));
  // A limit that stands in both places would have to be the tighter one.
  const isPlain = (member: JsonObject) =>
    limits.every((name) => !(name in member) || isSame(member[name], beside[name]));
  if (!members.every(isPlain)) return undefined;
  return members.map((member) => {
    const limiting = Object.entries(beside).filter(([name]) => canApply(name, member));
    return { ...Object.fromEntries(limiting), ...member };
  });
}

/** What a schema says about values. */
function limitsOf(schema: JsonObject): JsonObject {
  const limits = Object.entries(schema).filter(
    ([keyword]) => !isProse(keyword) && !annotations.includes(keyword),
  );
  return Object.fromEntries(limits);
}

const annotations = ['default', 'deprecated', 'readOnly', 'writeOnly'];
