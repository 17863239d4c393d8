import { isSame } from './canonical.ts';
import { limited } from './compare-limits.ts';
import { added, breaking, type Direction, type Finding } from './finding.ts';
import { relateAll } from './limits.ts';
import { isObject, resolve } from './pointer.ts';
import type { Side, Unit } from './units.ts';
import { anything, code, describe, list } from './words.ts';

/** Values that are listed one by one, before and now. */
export function compareValues(old: unknown[], current: unknown[], direction: Direction) {
  const within = (value: unknown, values: unknown[]) => values.some((one) => isSame(one, value));
  const come = current.filter((value) => !within(value, old));
  const gone = old.filter((value) => !within(value, current));
  const words = (values: unknown[]) => list(values.map(code), 'or');
  const all = words(current);
  if (come.length === 0 && gone.length === 0)
    return { group: 'Fixed', text: 'describes its values anew.' } as const;
  if (old.length === 1 && current.length === 1) {
    const text = `is ${all} now (before: ${words(old)}).`;
    return breaking(
      direction === 'request'
        ? `${text} Send the new value; the old one is refused.`
        : `${text} Compare with the new value.`,
    );
  }
  if (direction === 'request') {
    const also =
      come.length > 0 && gone.length < old.length ? ` It also takes ${words(come)}.` : '';
    if (gone.length === 0) return added(`also takes ${words(come)}.`);
    return breaking(`no longer takes ${words(gone)}. Send ${all} instead.${also}`);
  }
  const never = gone.length > 0 ? ` It is never ${words(gone)} any more.` : '';
  if (come.length === 0) return added(`is never ${words(gone)} any more.`);
  return breaking(
    `can also be ${words(come)}. Allow for that where values are told apart.${never}`,
  );
}

/** The values are listed one by one only before, or only now. */
export function compareListing(
  old: unknown[] | undefined,
  current: unknown[] | undefined,
  direction: Direction,
): Finding {
  const all = list((current ?? old ?? []).map(code), 'or');
  if (direction === 'request') {
    if (current) return breaking(`has to be ${all} now. Requests with anything else are refused.`);
    return added(`also takes other values than ${all}.`);
  }
  if (current) return added(`is always ${all} now.`);
  return breaking(`can be another value than ${all} now. Allow for that.`);
}

/** One of several kinds of value, which are taken to be distinct. */
export function compareUnion({ keyword, old, current }: Unit, direction: Direction): Finding {
  const members = ({ schema }: Side): unknown[] => [schema[keyword] ?? []].flat();
  const [before, now] = [members(old), members(current)];
  const within = (member: unknown, all: unknown[]) => all.some((one) => isSame(one, member));
  const words = (side: Side, some: unknown[]) =>
    list([...new Set(some.map((member) => describe(resolve(side.document, member))))], 'or');
  const come = words(
    current,
    now.filter((member) => !within(member, before)),
  );
  const gone = words(
    old,
    before.filter((member) => !within(member, now)),
  );
  const isRequest = direction === 'request';
  // What one of several kinds need not be anything is no limit.
  const isOpen = keyword === 'anyOf' && now.some((member) => describe(member) === anything);
  if (isOpen) return limited(words(old, before), undefined, direction);
  if (now.length === 0 || before.length === 0) {
    return limited(
      before.length > 0 ? gone : undefined,
      now.length > 0 ? come : undefined,
      direction,
    );
  }
  const [was, is] = [
    before.filter((member) => !within(member, now)),
    now.filter((member) => !within(member, before)),
  ].map((members) => (members.length === 1 ? members[0] : undefined));
  const relation = isObject(was) && isObject(is) ? relateAll(was, is) : 'other';
  if (isRequest && relation === 'wider') return added(`also takes ${come}.`);
  if (!isRequest && relation === 'narrower') return added(`is ${come} now where it was ${gone}.`);
  if (isRequest) {
    if (!gone) return added(`also takes ${come}.`);
    const also = come ? ` It also takes ${come}.` : '';
    return breaking(`no longer takes ${gone}. Send ${words(current, now)} instead.${also}`);
  }
  if (!come) return added(`is never ${gone} any more.`);
  const never = gone ? ` It is never ${gone} any more.` : '';
  return breaking(`can also be ${come}. Allow for that where values are told apart.${never}`);
}
