import { isSame } from './canonical.ts';
import type { Group } from './change.ts';
import { added, breaking, type Direction, type Finding, groupOf } from './finding.ts';
import { isObject, type JsonObject, resolve, step } from './pointer.ts';
import type { Side, Unit } from './units.ts';
import { code, describe, list } from './words.ts';

/** A property that has come or gone. */
export function compareProperty({ property = '', old, current }: Unit, direction: Direction) {
  const [before, now] = [old, current].map(({ schema }) => step(schema['properties'], property));
  if (before === undefined && now !== undefined) {
    const isRequired = [current.schema['required']].flat().includes(property);
    const schema = resolve(current.document, now);
    // What it consists of is told field by field.
    const what =
      isObject(schema) && isObject(schema['properties']) ? 'an object' : describe(schema);
    if (direction === 'response') return added(`is new: ${what}.`);
    if (!isRequired) return added(`is new: ${what}.`);
    return breaking(`is new and required: ${what}. Add it to every request.`);
  }
  if (before !== undefined && now === undefined) {
    if (direction === 'response') {
      return breaking(`is no longer returned. Code that reads it has to do without.${hint()}`);
    }
    const isClosed = current.schema['additionalProperties'] === false;
    return breaking(
      isClosed
        ? `is gone. Requests that have it are refused: leave it out.${hint()}`
        : `is no longer described. Do not rely on it: leave it out.${hint()}`,
    );
  }
  return undefined;

  /** A new property of the same kind is probably the old one by another name. */
  function hint(): string {
    const [properties, newProperties] = [old, current].map(({ schema }) =>
      Object(schema['properties']),
    ) as [JsonObject, JsonObject];
    const same = Object.keys(newProperties).filter(
      (name) =>
        !(name in properties) &&
        isSame(
          withoutProse(resolve(current.document, newProperties[name])),
          withoutProse(resolve(old.document, before)),
        ),
    );
    return same.length === 1 ? ` ${code(same[0])} is new and takes the same values.` : '';
  }
}

/** Properties that must be there now, or need not be there any more. */
export function compareRequired({ old, current }: Unit, direction: Direction): Finding | undefined {
  const names = ({ schema }: Side) => requiredIn(schema);
  const isThere = ({ schema }: Side, name: string) => name in Object(schema['properties']);
  // A property that is new or gone says so itself.
  const both = (name: string) => isThere(old, name) === isThere(current, name);
  const come = names(current).filter((name) => !names(old).includes(name) && both(name));
  const gone = names(old).filter((name) => !names(current).includes(name) && both(name));
  const fields = (some: string[]) => `${list(some.map(code))} ${some.length > 1 ? 'are' : 'is'}`;
  const inside = (text: string, group: Group): Finding => ({ group, text: `: ${text}` });
  if (direction === 'request') {
    if (come.length > 0) {
      const optional = gone.length > 0 ? ` ${fields(gone)} optional now.` : '';
      return inside(
        `${fields(come)} required now. Add what is missing to every request.${optional}`,
        'Breaking',
      );
    }
    return gone.length > 0 ? inside(`${fields(gone)} optional now.`, 'Added') : undefined;
  }
  if (gone.length > 0) {
    return inside(`${list(gone.map(code))} may be missing now. Allow for that.`, 'Breaking');
  }
  return come.length > 0 ? inside(`${fields(come)} always there now.`, 'Added') : undefined;
}

/** Whether an object may have other properties than those described, and of what kind. */
export function compareOpenness(
  old: JsonObject,
  current: JsonObject,
  direction: Direction,
): Finding | undefined {
  const [before, now] = [old, current].map((schema) => schema['additionalProperties'] ?? true);
  if (isSame(before, now)) return undefined;
  const isRequest = direction === 'request';
  if (now === false) {
    return isRequest
      ? breaking('takes no other properties now than those described. Leave others out.')
      : breaking('has no other properties now than those described. Do not read others.');
  }
  if (before === false) {
    return added(isRequest ? 'takes further properties.' : 'may have more properties.');
  }
  const what = `${isRequest ? 'takes' : 'has'} ${describe(now)} in each property that is not described now.`;
  const relation = now === true ? 'wider' : before === true ? 'narrower' : 'other';
  return { group: groupOf(relation, direction), text: what };
}

/** Properties that are described by what their names match. */
export function comparePatterns(
  old: JsonObject,
  current: JsonObject,
  direction: Direction,
): Finding | undefined {
  const [before, now] = [old, current].map((schema) => Object(schema['patternProperties'])) as [
    JsonObject,
    JsonObject,
  ];
  const without = (some: JsonObject, others: JsonObject) =>
    Object.keys(some).filter((name) => !isSame(some[name], others[name]));
  const [come, gone] = [without(now, before), without(before, now)];
  const names = (patterns: string[]) =>
    `properties whose names match ${list(patterns.map(code), 'or')}`;
  const isRequest = direction === 'request';
  // Only an object that is closed to others refused such names before, or refuses them now.
  if (gone.length === 0 && old['additionalProperties'] === false) {
    return added(`${isRequest ? 'also takes' : 'may also have'} ${names(come)}.`);
  }
  if (come.length === 0 && current['additionalProperties'] === false) {
    return isRequest
      ? breaking(`no longer takes ${names(gone)}. Leave them out.`)
      : breaking(`no longer has ${names(gone)}. Do not read them.`);
  }
  return breaking(
    `follows other rules for ${names([...new Set([...gone, ...come])])}. See whether they hold for you.`,
  );
}

/** `readOnly` and `writeOnly`. */
export function compareAccess(keyword: string, isOn: boolean, direction: Direction): Finding {
  if (direction === 'request') {
    if (keyword === 'writeOnly') return { group: 'Fixed', text: 'is told apart from responses.' };
    if (isOn) return breaking('is only read now. Leave it out of requests.');
    return added('can be sent now.');
  }
  if (keyword === 'readOnly') return { group: 'Fixed', text: 'is told apart from requests.' };
  if (isOn) return breaking('is only sent now. Code that reads it has to do without.');
  return added('is returned now.');
}

/** The names that are required, in the parts of `allOf`, too. */
function requiredIn({ required, allOf }: JsonObject): string[] {
  const parts = Array.isArray(allOf) ? allOf.filter(isObject) : [];
  return [...new Set([...((required as string[]) ?? []), ...parts.flatMap(requiredIn)])];
}

const withoutProse = (schema: unknown) =>
  isObject(schema) ? { ...schema, title: undefined, description: undefined } : schema;
