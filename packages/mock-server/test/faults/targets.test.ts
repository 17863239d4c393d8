import type { Fault } from '@sync3/mock-server';
import { expect, test } from 'vitest';
import { start } from '../api/start.js';
import { askControl } from '../control/ask.js';

test.each([
  ['failed-results', 'poll', 'submit'],
  ['failed-results', 'any', 'submit'],
  ['flagged-results', 'upload', 'submit'],
  ['expired-results', 'any', 'submit'],
  ['array-refusal', 'submit', 'poll, any'],
  ['array-refusal', 'upload', 'poll, any'],
])('%s on %s, where it would do nothing, is refused', async (kind, on, instead) => {
  const { mock } = await start();
  const problem = `'on' must be one of ${instead}.`;
  expect(() => mock.faults.add({ on, kind } as Fault)).toThrow(problem);
  const body = { on, kind };
  expect(await askControl(mock.url, 'faults', { method: 'POST', body })).toMatchObject({
    status: 400,
    body: { errors: [{ code: 'invalidFault', message: problem }] },
  });
  expect(mock.faults.planned).toEqual([]);
});
