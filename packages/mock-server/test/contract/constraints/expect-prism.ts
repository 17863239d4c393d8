import type { MockServer } from '@sync3/mock-server';
import { expect } from 'vitest';
import type { Constraint } from './constraint.js';
import { shortened } from './describe.js';
import type { Proof } from './prove.js';
import { type PrismVerdict, send } from './verdicts.js';

/**
 * Expects Prism and the mock server to refuse what breaks the constraint, for the right reason and
 * without a charge, and Prism to accept what keeps it.
 *
 * @returns what they say, for the table.
 */
export async function expectPrismToTell(
  { constraint, violating, neighbour, others, twins }: Proof,
  findingsOf: PrismVerdict,
  mock: MockServer,
): Promise<string> {
  for (const body of others.violating)
    expect(await findingsOf(body), shortened(body)).not.toEqual([]);
  for (const body of others.neighbours) expect(await findingsOf(body), shortened(body)).toEqual([]);
  const charged = mock.stats.charged;
  const { status, data, errors } = await send(mock.url, violating);
  // One error for each cause: for what is missing in two ways there are two.
  const causes = constraint.keyword === 'required' && twins.length > 0 ? 2 : 1;
  expect(errors.length, JSON.stringify(errors)).toBeLessThanOrEqual(causes);
  expect(errors.length).toBeGreaterThan(0);
  expect(data).toEqual([]);
  expect([400, 401]).toContain(status);
  expect(mock.stats.charged).toBe(charged);
  expect(await findingsOf(neighbour)).toEqual([]);
  const found = (await findingsOf(violating)).map(({ keyword }) => keyword);
  expect(reasonsFor(constraint).filter((keyword) => found.includes(keyword))).not.toEqual([]);
  // Prism is given the kinds of task as a chain of `if`, which fails with every part of it.
  const keywords = [...new Set(found)].filter((keyword) => keyword !== 'if').sort();
  return `\`${keywords.join('`, `')}\`: ${status} \`${errors[0]?.code}\``;
}

/** The keywords by which Prism may find it: its own, that of what encloses it, or of the kinds. */
function reasonsFor({ keyword, enclosing, place, schema }: Constraint): string[] {
  const isKind =
    place.at(-1) === 'taskType' || (keyword === 'oneOf' && schema['type'] === 'object');
  const around = enclosing.map((path) => path.slice(path.lastIndexOf('/') + 1));
  return [keyword, ...around.filter((name) => name !== 'if'), ...(isKind ? ['enum'] : [])];
}
