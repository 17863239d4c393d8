import { type LipsyncParams, Sync3, validateTask } from '@sync3/sdk';
import { expect } from 'vitest';
import { absent, changed, valueAt } from './changes.js';
import { shortened } from './describe.js';
import type { Proof } from './prove.js';

const sdk = new Sync3({ apiKey: 'key', baseUrl: 'http://127.0.0.1:1/v1' });
/** What the SDK adds to a caller's part. */
const given = ['taskType', 'taskUUID', 'model'];
const mends: [rule: RegExp, how: string][] = [
  [/\.multipleOf$/, 'rounds to hundredths'],
  [/^speech\.voice\.required$/, 'fills in `auto`'],
];

const errorsOf = (task: unknown) =>
  validateTask(task).filter(({ severity }) => severity === 'error');

/**
 * Expects the SDK to refuse and accept the same, as whole tasks and as the part of them that callers
 * write. Before it sends such a part it mends what can be mended; `sdk-requests.test.ts` looks at
 * that.
 *
 * @returns the rules that it says are broken, for the table.
 */
export function expectSdkToTell({ constraint, violating, neighbour, others }: Proof): string {
  const taskOf = (body: unknown) => valueAt(body, ['[]']);
  for (const body of others.violating)
    expect(errorsOf(taskOf(body)), shortened(body)).not.toEqual([]);
  for (const body of others.neighbours) expect(errorsOf(taskOf(body)), shortened(body)).toEqual([]);
  const found = errorsOf(taskOf(violating)).map(({ rule }) => rule);
  const rules = `\`${found.join('`, `')}\``;
  if (constraint.place.length < 2 || given.includes(constraint.place[1] ?? '')) return rules;

  const validate = (body: unknown) => {
    const params = given.reduce((task, name) => changed(task, [name], absent), taskOf(body));
    const issues = sdk.lipsync.validate(params as LipsyncParams);
    return issues.filter(({ severity }) => severity === 'error').map(({ rule }) => rule);
  };
  expect(validate(neighbour)).toEqual([]);
  const mended = mends.find(([rule]) => found.every((own) => rule.test(own)));
  expect(validate(violating)).toEqual(mended ? [] : found);
  return mended ? `${rules}; \`lipsync\` ${mended[1]}` : rules;
}
