import type { ErrorObject } from 'ajv';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { validateTask } from '../../src/index.js';
import { sizes } from '../sizes.js';
import { assertionId, assertionsOf } from './assertions.js';
import {
  type ExpectedIssue,
  expectedIssues,
  expectedTogether,
  isTogetherRule,
} from './expected-issues.js';
import { jsonValue } from './json-arbitrary.js';
import { resolves } from './json-pointer.js';
import { brokenTasks } from './mutate-task.js';
import { taskArbitrary } from './task-arbitrary.js';
import { upstreamSchema } from './upstream-schema.js';
import { upstreamErrors } from './upstream-validator.js';

const runs = sizes.tasks;

const assertions = assertionsOf(upstreamSchema);
const names = Object.keys(upstreamSchema['properties'] ?? {});

const schemaIssues = (task: unknown) =>
  validateTask(task).filter(({ origin }) => origin === 'schema');

/** What Ajv finds. Throws with both opinions when the SDK and Ajv differ on the task. */
function agree(task: unknown): ErrorObject[] {
  const issues = schemaIssues(task);
  const errors = upstreamErrors(task);
  if ((issues.length === 0) === (errors.length === 0)) return errors;
  const theirs = errors.map(({ schemaPath, instancePath }) => `${schemaPath} at ${instancePath}`);
  const ours = issues.map(({ rule, path }) => `${rule} at ${path}`);
  throw new Error(`Ajv finds [${theirs.join(', ')}], validateTask finds [${ours.join(', ')}]`);
}

/** Compares without `expect`, which is slow, as long as all is well. */
function sameIssues(found: ExpectedIssue[], expected: ExpectedIssue[]): void {
  const [ours, theirs] = [found, expected].map((issues) =>
    issues.map(({ rule, path }) => `${rule} at ${path}`).sort(),
  );
  if (ours?.join('\n') !== theirs?.join('\n')) expect(ours).toEqual(theirs);
}

/** Six values of every kind: broken tasks, a legal one, and any JSON. */
const samples = fc
  .tuple(brokenTasks, taskArbitrary(), jsonValue(names))
  .map(([{ once, repeatedly }, legal, any]) => [...once, ...repeatedly, legal, any]);

/** A property of every one of the values, which are generated together because that is quicker. */
const eachOf = (values: fc.Arbitrary<unknown[]>, check: (value: unknown) => void) =>
  fc.property(values, (list) => list.forEach(check));

function frozen<T>(value: T): T {
  if (typeof value === 'object' && value !== null) {
    Object.values(Object.freeze(value)).forEach(frozen);
  }
  return value;
}

describe('validateTask and Ajv on the upstream schema', { timeout: 600_000 }, () => {
  test('accept the same legal tasks', () => {
    const check = fc.property(taskArbitrary(), (task) => {
      const [error] = agree(task);
      if (error) throw new Error(`the generator made an illegal task: ${error.schemaPath}`);
    });
    fc.assert(check, { numRuns: runs });
  });

  test('agree on broken tasks, among them many that break each assertion', () => {
    const hits = new Map(assertions.map(({ id }) => [id, 0]));
    const check = fc.property(brokenTasks, ({ once, repeatedly }) => {
      for (const task of [...once, ...repeatedly]) {
        for (const id of agree(task).map(assertionId)) {
          const count = hits.get(id);
          if (count === undefined) throw new Error(`the tests do not enumerate ${id}`);
          hits.set(id, count + 1);
        }
      }
    });
    fc.assert(check, { numRuns: runs });

    const rarest = [...hits].sort(([, a], [, b]) => a - b).slice(0, 15);
    const table = rarest.map(([id, count]) => `${`${count}`.padStart(7)}  ${id}`).join('\n');
    expect(rarest[0]?.[1], `assertions broken least often:\n${table}`).toBeGreaterThanOrEqual(
      runs / 250,
    );
  });

  test('agree on any JSON value', () => {
    fc.assert(
      fc.property(jsonValue(names), (value) => void agree(value)),
      { numRuns: runs },
    );
  });

  test('break the same rules at the same places', () => {
    const check = eachOf(samples, (task) => {
      const errors = upstreamErrors(task);
      const issues = schemaIssues(task);
      const ofOne = issues.filter(({ rule }) => !isTogetherRule(rule));
      const together = issues.filter(({ rule }) => isTogetherRule(rule));
      sameIssues(ofOne, expectedIssues(errors));
      sameIssues(together, expectedTogether(errors) ?? together);
    });
    fc.assert(check, { numRuns: sizes.taskGroups });
  });
});

describe('validateTask', { timeout: 600_000 }, () => {
  test('says of one broken assertion its name and its place, and nothing else', () => {
    let seen = 0;
    const once = brokenTasks.map((tasks) => tasks.once);
    const check = eachOf(once, (task) => {
      const errors = upstreamErrors(task);
      const expected = expectedIssues(errors);
      if (expected.length !== 1 || expectedTogether(errors)?.length !== 0) return;
      seen += 1;
      sameIssues(schemaIssues(task), expected);
    });
    fc.assert(check, { numRuns: sizes.taskGroups });
    expect(seen).toBeGreaterThan(sizes.taskGroups / 2);
  });

  test('gives a path at which the value stands, or at which the missing one belongs', () => {
    const check = eachOf(samples, (task) => {
      for (const { rule, path } of validateTask(task)) {
        const isMissing = /(?:^|\.)(?:required|dependentRequired)$|^tts-needs-speech$/.test(rule);
        const place = isMissing ? path.slice(0, path.lastIndexOf('/')) : path;
        if (!resolves(task, place)) throw new Error(`nothing for ${rule} at ${place}`);
        if (isMissing && resolves(task, path)) throw new Error(`${rule}, and ${path} is there`);
      }
    });
    fc.assert(check, { numRuns: sizes.taskGroups });
  });

  test('never throws and never changes the task', () => {
    const check = eachOf(samples, (task) => {
      const before = JSON.stringify(task);
      // In a module, a write to a frozen object throws.
      validateTask(frozen(task));
      if (JSON.stringify(task) !== before) throw new Error(`was ${before}`);
    });
    fc.assert(check, { numRuns: sizes.taskGroups });
  });

  test('refuses the numbers that JSON cannot write', () => {
    const check = fc.property(
      taskArbitrary(['settings', 'tts', 'stability']),
      fc.constantFrom(Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY),
      (task, taskUUID) => {
        const rules = validateTask({ ...(task as object), taskUUID }).map(({ rule }) => rule);
        expect(rules).toEqual(['taskUUID.type']);
      },
    );
    fc.assert(check);
  });
});
