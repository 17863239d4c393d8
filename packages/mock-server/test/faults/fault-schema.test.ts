import { describe, expect, test } from 'vitest';
import type { Fault } from '../../src/faults/fault.js';
import { FaultPlan } from '../../src/faults/fault-plan.js';
import { faultProblem } from '../../src/faults/fault-schema.js';

const submit = (kind: string, more: object = {}) => ({ on: 'submit', kind, ...more });

describe('what is no fault is told in words:', () => {
  test.each<[string, unknown, string]>([
    [
      'a text',
      'stall',
      'A fault is an object, such as {"on":"submit","kind":"drop-after-accept"}.',
    ],
    ['a list', [], 'A fault is an object'],
    ['nothing', null, 'A fault is an object'],
    ['no kind', { on: 'submit' }, "'kind' must be one of drop-before-accept, "],
    ['a kind that is none', submit('toString'), "'kind' must be one of drop-before-accept, "],
    ['a kind in a list', submit('', { kind: ['stall'] }), "'kind' must be one of"],
    ['no target', { kind: 'stall' }, "'on' is missing."],
    [
      'a target that is none',
      { on: 'poll ', kind: 'stall' },
      "'on' must be one of submit, poll, upload, any.",
    ],
    ['a webhook fault on submits', submit('lost-webhook'), "'on' must be one of webhook."],
    [
      'failed results of polls',
      { on: 'poll', kind: 'failed-results' },
      "'on' must be one of submit.",
    ],
    [
      'flagged results of any request',
      { on: 'any', kind: 'flagged-results' },
      "'on' must be one of submit.",
    ],
    [
      'expired results of uploads',
      { on: 'upload', kind: 'expired-results' },
      "'on' must be one of submit.",
    ],
    [
      'a list of submits that is refused',
      submit('array-refusal'),
      "'on' must be one of poll, any.",
    ],
    ['no status', submit('status'), "'status' is missing."],
    [
      'a status that is no error',
      submit('status', { status: 200 }),
      "'status' must be one of 401, 402, 403, 404, 429, 500, 503, 504.",
    ],
    [
      'a property of another kind',
      submit('stall', { status: 500 }),
      "'status' is not part of a fault of this kind.",
    ],
    ['no times', submit('stall', { times: 0 }), "'times' must be >= 1."],
    ['half a time', submit('stall', { times: 1.5 }), "'times' must be integer."],
    ['a stall without an end', submit('stall', { stallMs: -1 }), "'stallMs' must be >= 0."],
    [
      'results that are a text',
      submit('failed-results', { results: 'all' }),
      "'results' must be how many results, or a list of their places, counted from 0.",
    ],
  ])('%s', (_, value, problem) => {
    expect(faultProblem(value)).toContain(problem);
  });

  test('all that is wrong with it, at once', () => {
    const problem = faultProblem({ kind: 'status', times: 0 });
    expect(problem).toContain("'on' is missing.");
    expect(problem).toContain("'status' is missing.");
    expect(problem).toContain("'times' must be >= 1.");
  });

  test('a plan does not take it', () => {
    const plan = new FaultPlan();
    const wrong = { on: 'submit', kind: 'explode' } as unknown as Fault;
    expect(() => plan.add(wrong)).toThrow('The fault was {"on":"submit","kind":"explode"}.');
    expect(plan.planned).toEqual([]);
  });
});

test('what is left of a plan can be read', () => {
  const plan = new FaultPlan();
  plan.add({ on: 'poll', kind: 'stall', times: 2, stallMs: 5 });
  plan.add({ on: 'submit', kind: 'empty-data' });
  plan.take(['getResponse']);
  expect(plan.planned).toEqual([
    { on: 'poll', kind: 'stall', times: 1, stallMs: 5 },
    { on: 'submit', kind: 'empty-data', times: 1 },
  ]);
  plan.take(['getResponse']);
  expect(plan.planned).toEqual([{ on: 'submit', kind: 'empty-data', times: 1 }]);
  plan.clear();
  expect(plan.planned).toEqual([]);
});
