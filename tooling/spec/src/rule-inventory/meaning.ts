import { canonical } from '../diff/canonical.ts';
import { formOf } from './keywords.ts';

/** An assertion as seen from the schema that is looked at: the parts of the pointer from there on. */
export interface PartialAssertion {
  path: string[];
  value: unknown;
}

/**
 * What a schema means, as text: the same for two schemas that differ only in what stands first, or
 * in what stands in an `allOf` or behind a reference instead of in the schema itself.
 */
export function meaningOf(assertions: PartialAssertion[]): string {
  return `[${conjuncts(assertions).sort().join()}]`;
}

/** Everything that has to hold at once. */
function conjuncts(assertions: PartialAssertion[]): string[] {
  // It refuses what is not listed beside it, so that it does matter what is.
  const isClosed = assertions.some(({ path }) => path.includes('additionalProperties'));
  return [...groups(assertions)].flatMap(([keyword, below]) => {
    const say = (...texts: string[]) => `[${[JSON.stringify(keyword), ...texts].join()}]`;
    const form = formOf(keyword);
    if (keyword === '$ref' && below.every(({ path }) => path.length > 0)) {
      return isClosed ? [say(meaningOf(below))] : conjuncts(below);
    }
    if (form === 'schema') return [say(meaningOf(below))];
    if (form === 'by name') {
      return [...groups(below)].map(([name, part]) => say(JSON.stringify(name), meaningOf(part)));
    }
    if (form === 'list') {
      const parts = [...groups(below).values()];
      if (keyword === 'allOf' && !isClosed) return parts.flatMap(conjuncts);
      const meanings = parts.map(meaningOf);
      return [say(...(keyword === 'prefixItems' ? meanings : meanings.sort()))];
    }
    return below.map(({ path, value }) =>
      say(JSON.stringify(path), JSON.stringify(canonical(value, keyword))),
    );
  });
}

/** By the first part of the path; of the schema itself, under the empty text. */
function groups(assertions: PartialAssertion[]): Map<string, PartialAssertion[]> {
  const found = new Map<string, PartialAssertion[]>();
  for (const { path, value } of assertions) {
    const [first = '', ...rest] = path;
    const group = found.get(first) ?? [];
    found.set(first, [...group, { path: rest, value }]);
  }
  return found;
}
