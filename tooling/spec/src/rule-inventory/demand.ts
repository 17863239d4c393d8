import { partsOf, pointerOf } from '../diff/pointer.ts';
import type { Assertion } from './assertions.ts';
import { formOf, leaderOf, passesThrough } from './keywords.ts';
import { meaningOf } from './meaning.ts';

/** An assertion, and what the inventory says of it. */
interface Row extends Assertion {
  rule?: string;
}

/** What one rule implements: an assertion, or all those that one combining keyword puts together. */
export interface Demand<Kind extends Row = Row> {
  /** Property names on the way to the value, `[]` for every element of a list. */
  place: string[];
  /** Empty where the schema accepts nothing, or everything. */
  keyword: string;
  /** Of `required`, the property; of `dependentRequired`, the given one and the one it needs. */
  names: string[];
  /** Of `additionalProperties`, what it refuses although another schema lists it. */
  shutOut: string[];
  /** Text that is the same for demands that mean the same. */
  meaning: string;
  rows: [Kind, ...Kind[]];
  /** Pointer of the schema that has the keyword, and the way from there to each of the rows. */
  schema: string;
  paths: string[][];
}

/**
 * Puts assertions together to demands. Where something stands in the document does not matter, only
 * what it is about: `allOf` and references change nothing, and neither does any order.
 */
export function demandsOf<Kind extends Row>(rows: Kind[]): Demand<Kind>[] {
  const demands = new Map<unknown, Demand<Kind>>();
  for (const row of rows) {
    const { place, schema, path } = readPointer(row.at);
    const [own = '', ...rest] = path;
    const keyword = leaderOf(own);
    // Two lines of the inventory that seem to be in one list are of two when it has been reordered.
    const key = formOf(keyword) ? JSON.stringify([schema, keyword, row.rule]) : row;
    const known = demands.get(key);
    if (known) {
      known.rows.push(row);
      known.paths.push(path);
    } else {
      const isNamed = keyword === 'required' || keyword === 'dependentRequired';
      const names = isNamed ? [...rest, `${row.value}`] : [];
      const about = { place, keyword, names, schema };
      demands.set(key, { ...about, shutOut: [], meaning: '', rows: [row], paths: [path] });
    }
  }
  const found = [...demands.values()];
  return found.map((demand) => {
    const shutOut = demand.keyword === 'additionalProperties' ? namesShutOut(demand, found) : [];
    const parts = demand.rows.map(({ value }, index) => ({
      path: demand.paths[index] ?? [],
      value,
    }));
    return { ...demand, shutOut, meaning: `${meaningOf(parts)} ${shutOut}` };
  });
}

/**
 * `additionalProperties` knows only the `properties` beside it. Others that are about the same value,
 * in an `allOf` or behind a reference, are refused by it.
 */
function namesShutOut({ place, schema }: Demand, all: Demand[]): string[] {
  const isAbout = (inner: string[]) => place.every((step, index) => inner[index] === step);
  const known = new Set<string>();
  const listed = new Set<string>();
  for (const demand of all) {
    const name = demand.place[place.length];
    if (name === undefined || name === '[]' || !isAbout(demand.place)) continue;
    const isBeside = demand.rows[0].at.startsWith(`${schema}/properties/`);
    (isBeside ? listed : known).add(name);
  }
  return [...known].filter((name) => !listed.has(name)).sort();
}

/** Reads the pointer of an assertion. */
function readPointer(at: string) {
  const parts = partsOf(at);
  const place: string[] = [];
  let index = 0;
  for (; passesThrough(parts[index] ?? '') && index < parts.length - 1; index += 1) {
    const step = parts[index];
    if (step === 'items') place.push('[]');
    if (step === 'properties') place.push(parts[index + 1] ?? '');
    if (step === 'properties' || step === 'allOf') index += 1;
  }
  return { place, schema: pointerOf(parts.slice(0, index)), path: parts.slice(index) };
}
