import { isSame } from './canonical.ts';
import { type Direction, type Finding, groupOf } from './finding.ts';
import { effective, type Limit, type Relation, relate, writtenBound } from './limits.ts';
import type { JsonObject } from './pointer.ts';
import type { Unit } from './units.ts';
import { code, describe, hasWords, limit } from './words.ts';

/** A keyword that limits a value by itself. */
export function compareLimit(
  keyword: string,
  old: JsonObject,
  current: JsonObject,
  direction: Direction,
): Finding | undefined {
  const [limitBefore, limitNow] = [effective(keyword, old), effective(keyword, current)];
  if (isSame(limitBefore, limitNow)) {
    const isBound = keyword === 'minimum' || keyword === 'maximum';
    return isBound && limitNow ? rewritten(keyword, old, current) : undefined;
  }
  const [before, now] = [[limitBefore, old] as const, [limitNow, current] as const].map(
    ([one, schema]) => one && limit(...asWritten(one, keyword, schema)),
  );
  const relation = relate(limitBefore, limitNow);
  if (hasWords(keyword)) return limited(before, now, direction, relation);
  const group = groupOf(relation, direction);
  const rule = `what ${code(keyword)} says`;
  const verb = direction === 'request' ? 'has to follow' : 'follows';
  const what = now === undefined ? `need not follow ${rule} any more` : `${verb} ${rule} now`;
  const value = now === undefined ? '' : `: ${code(current[keyword])}`;
  return { group, text: `${what}${value}.` };
}

/** Where values go in steps, a bound is compared as one that is included; it is told as it is written. */
function asWritten(effectiveLimit: Limit, keyword: string, schema: JsonObject): Limit {
  const isBound = keyword === 'minimum' || keyword === 'maximum';
  return isBound && schema['type'] !== 'integer' ? writtenBound(keyword, schema) : effectiveLimit;
}

/** A bound in another form, which a rule may be named after. */
function rewritten(keyword: 'minimum' | 'maximum', ...schemas: [JsonObject, JsonObject]): Finding {
  const [before, now] = schemas.map((schema) => limit(...writtenBound(keyword, schema)));
  const text = `is said to be ${now} now (before: ${before}). The same values are taken.`;
  return { group: 'Fixed', text };
}

/** A limit that is new, gone or another; `undefined` where there is none. */
export function limited(
  before: string | undefined,
  now: string | undefined,
  direction: Direction,
  relation: Relation = now === undefined ? 'wider' : 'narrower',
): Finding {
  const advice =
    direction === 'request' ? 'Requests with anything else are refused.' : 'Allow for that.';
  const group = groupOf(relation, direction);
  const end = group === 'Breaking' ? ` ${advice}` : '';
  if (now === undefined) return { group, text: `need not be ${before} any more.${end}` };
  const verbs = { request: 'has to be', response: relation === 'other' ? 'is' : 'is always' };
  const verb = relation === 'wider' ? 'can be' : verbs[direction];
  const was = before === undefined ? '' : ` (before: ${before})`;
  return { group, text: `${verb} ${now} now${was}.${end}` };
}

/** What a value of another kind is now. */
export function compareKinds({ old, current }: Unit, direction: Direction): Finding {
  const [before, now] = [old, current].map(({ schema: { default: _, ...schema } }) =>
    describe(schema),
  );
  return limited(before, now, direction, 'other');
}
