import { isDeepStrictEqual } from 'node:util';
import type { ErrorObject } from 'ajv';
import { differences } from './changes.js';
import type { Constraint } from './constraint.js';
import { type Judge, judgeOf, neverFulfilled, without } from './judge.js';
import { leadsTo } from './legal-value.js';
import type { Schema } from './schema-document.js';

/** A request schema, and what is made of it. */
export interface Rules {
  schema: Schema;
  judge: Judge;
  all: Constraint[];
}

/** Two request bodies that differ in one constraint. */
export interface Proof {
  constraint: Constraint;
  violating: unknown;
  neighbour: unknown;
  /** Everything else that was found to break only this constraint, and to keep it. */
  others: { violating: unknown[]; neighbours: unknown[] };
  /** Constraints that nothing breaks without breaking this one too, or the reverse. */
  twins: Constraint[];
}

/**
 * Finds bodies that show what one constraint does: without it the schema would accept the violating
 * one, and if nothing fulfilled it, would refuse the neighbour. (Of a constraint below `not` or
 * `if` the reverse holds.)
 *
 * @throws {Error} none of the candidates shows it; it names the constraint.
 */
export function prove(
  constraint: Constraint,
  { schema, judge, all }: Rules,
  candidates: unknown[],
): Proof {
  const accepted = candidates.filter((body) => judge(body).length === 0);
  const refused = candidates.filter((body) => judge(body).length > 0);
  for (const twins of twinsOf(constraint, all)) {
    const reduced = without(schema, twins);
    const keeps = twins.length > 0 ? judgeOf(reduced) : judge;
    const lacks = judgeOf(without(schema, [...twins, constraint]));
    const never = judgeOf(neverFulfilled(reduced, constraint));
    const [ofViolating, ofNeighbour] = constraint.isNegative ? [never, lacks] : [lacks, never];
    const violating = refused.filter(
      (body) => keeps(body).length > 0 && ofViolating(body).length === 0,
    );
    const neighbours = accepted.filter(
      (body) => keeps(body).length === 0 && ofNeighbour(body).length > 0,
    );
    const pair = nearest(violating, neighbours);
    if (!pair) continue;
    const unexplained = judge(pair.violating).filter(
      (error) => ![constraint, ...twins].some((cause) => explains(cause, error)),
    );
    if (unexplained.length > 0) {
      const paths = unexplained.map(({ schemaPath }) => schemaPath);
      throw new Error(`${constraint.pointer}: its example also breaks ${paths.join(', ')}.`);
    }
    return { constraint, ...pair, others: { violating, neighbours }, twins };
  }
  const seen = `${refused.length} refused and ${accepted.length} accepted bodies`;
  throw new Error(`${constraint.pointer}: none of ${seen} shows this constraint alone.`);
}

/**
 * Sets of constraints that may have to be taken away before one can be seen, the smallest first:
 * those that ask for the same property; for a type, those that list the values; and, because
 * `required` holds of all that is no object, the combined rules about objects.
 */
function twinsOf(constraint: Constraint, all: Constraint[]): Constraint[][] {
  const { path, keyword, names, place, schemaPath } = constraint;
  const others = all.filter((other) => other.path !== path);
  const same = others.filter((other) => {
    if (!isDeepStrictEqual(other.place, place)) return false;
    if (other.keyword === keyword && isDeepStrictEqual(other.names, names)) return true;
    return keyword === 'type' && other.schemaPath === schemaPath && isList(other);
  });
  const about = others.filter(
    (other) =>
      keyword === 'type' && leadsTo(other.place, place) && ['not', 'oneOf'].includes(other.keyword),
  );
  return [[], ...same.map((twin) => [twin]), same, ...about.map((twin) => [twin]), about];
}

const isList = ({ keyword }: Constraint) => ['const', 'enum', 'oneOf'].includes(keyword);

/** Whether a finding of Ajv is the constraint, what encloses it, or another part of that. */
function explains(
  { keyword, keywordPath, schemaPath, names, enclosing }: Constraint,
  error: ErrorObject,
): boolean {
  const path = error.schemaPath.slice(1);
  const { property, missingProperty } = error.params;
  const named = [property, missingProperty].filter((name) => name !== undefined);
  if (path === keywordPath) return names.length === 0 || isDeepStrictEqual(named, names);
  if (path.startsWith(`${keywordPath}/`)) return true;
  if (keyword === 'if' && path.startsWith(`${schemaPath}/then/`)) return true;
  return enclosing.some((combinator) => {
    if (path === combinator) return true;
    if (combinator.endsWith('/if') && path.startsWith(combinator.replace(/if$/, 'then/'))) {
      return true;
    }
    if (!path.startsWith(`${combinator}/`)) return false;
    const branch = (of: string) => of.slice(combinator.length + 1).split('/')[0];
    return branch(path) !== branch(keywordPath);
  });
}

/** The two that differ in the fewest places; of several such, the first. */
function nearest(violating: unknown[], neighbours: unknown[]) {
  let best: { violating: unknown; neighbour: unknown } | undefined;
  let least = Number.POSITIVE_INFINITY;
  for (const body of violating) {
    for (const neighbour of neighbours) {
      const apart = differences(body, neighbour).length;
      if (apart >= least) continue;
      least = apart;
      best = { violating: body, neighbour };
    }
  }
  return best;
}
