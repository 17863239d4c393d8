import type { ErrorObject } from 'ajv';
import fc from 'fast-check';
import { validateTask } from '../../src/index.js';
import { type Assertion, assertionId, assertionsOf } from './assertions.js';
import { changesThatBreak } from './breaking-change.js';
import { withAll } from './change.js';
import { changesAround } from './change-around.js';
import { expectedIssues, expectedTogether } from './expected-issues.js';
import { type Breakage, mutationOf, ofSeveralProperties, presentFor } from './mutate-task.js';
import { assertionIdOf, type InventoryLine } from './rule-inventory.js';
import { taskArbitrary } from './task-arbitrary.js';
import type { Schema } from './upstream-schema.js';
import { errorsBy } from './upstream-validator.js';

/** So many tasks are made for one line, and each is broken in as many ways as there are. */
const tasksPerLine = 40;

/**
 * Looks for lines of the inventory whose rule is not there, or does not do what the line says: tasks
 * are changed so that they break the assertion, and so that they only just do not, and Ajv is asked.
 *
 * @returns for each such line, what is wrong and the file to edit.
 */
export function unprovenRules(schema: Schema, lines: InventoryLine[]): string[] {
  const errorsOf = errorsBy(schema);
  const assertions = new Map(assertionsOf(schema).map((assertion) => [assertion.id, assertion]));
  const seen = new Set<string>();
  return lines.flatMap((line) => {
    const own = breakagesFor(line, assertions);
    // The parts of a combined rule are proven together.
    const key = `${line.rule} ${own?.id}`;
    if (seen.has(key) && line.value !== true) return [];
    seen.add(key);
    const fault = own
      ? (otherValue(line, own.assertion) ?? faultOf(line, own, errorsOf))
      : 'the schema has no such assertion, or the tests do not know it';
    const says = `${JSON.stringify(line.value)} at ${line.at}`;
    if (!fault) return [];
    return [`Edit ${line.file}: the rule "${line.rule}" does not implement ${says}: ${fault}.`];
  });
}

/** Of the parts of a combined rule, and of names, the pointer alone says nothing. */
function otherValue({ at, value }: InventoryLine, assertion: Assertion): string | undefined {
  const isWhole = assertion.names.length === 0 && at.endsWith(`/${assertion.keyword}`);
  const [theirs, ours] = [assertion.value, value].map((said) =>
    JSON.stringify(Array.isArray(said) ? said.toSorted() : said),
  );
  return isWhole && theirs !== ours ? `the schema says ${theirs}` : undefined;
}

interface Proof {
  id: string;
  assertion: Assertion;
  breakages: Breakage[];
  /** Nothing has to be refused where the line says that a property is known. */
  isPermission: boolean;
}

function breakagesFor(line: InventoryLine, all: Map<string, Assertion>): Proof | undefined {
  const [, object, name] = /^(.*)\/properties\/([^/]+)$/.exec(assertionIdOf(line)) ?? [];
  const isPermission = line.value === true && name !== undefined;
  const id = isPermission ? `${object}/additionalProperties` : assertionIdOf(line);
  const assertion = all.get(id);
  if (!assertion) return undefined;
  const { place, isPart } = assertion;
  const present = presentFor(assertion);
  if (isPermission) {
    const change = fc.constantFrom(
      ...[null, 1, 'x', {}].map((value) => withAll({ [name]: value })),
    );
    return { id, assertion, breakages: [{ present, place, change }], isPermission };
  }
  if (isPart) return { id, assertion, breakages: ofSeveralProperties, isPermission };
  const changes = [changesThatBreak(assertion), changesAround(assertion)];
  const breakages = changes.flatMap((change) => (change ? [{ present, place, change }] : []));
  return { id, assertion, breakages, isPermission };
}

function faultOf(
  { rule }: InventoryLine,
  { id, breakages, isPermission }: Proof,
  errorsOf: (task: unknown) => ErrorObject[],
): string | undefined {
  let broken = 0;
  let fault: string | undefined;
  const check = (task: unknown) => {
    const errors = errorsOf(task);
    const refused = pathsOf(errors, id);
    const reported = validateTask(task)
      .filter((issue) => issue.rule === rule && issue.origin === 'schema')
      .map(({ path }) => path);
    broken += refused.length;
    if (JSON.stringify(refused.sort()) === JSON.stringify(reported.sort())) return true;
    const say = (paths: string[]) => paths.map((path) => path || 'the task').join() || 'nothing';
    const sample = JSON.stringify(task).slice(0, 400);
    fault = `it refuses ${say(reported)} where the schema refuses ${say(refused)}, in ${sample}`;
    return false;
  };
  for (const breakage of breakages) {
    const tasks = fc
      .tuple(taskArbitrary(breakage.present), mutationOf(breakage), mutationOf(breakage))
      .map(([task, one, other]) => [one(task), other(task)]);
    fc.check(
      fc.property(tasks, (list) => list.every(check)),
      { numRuns: tasksPerLine },
    );
    if (fault) return fault;
  }
  if (broken > 0 || isPermission) return undefined;
  return 'no task that the tests make breaks it; task-arbitrary.ts and breaking-change.ts make them';
}

/** Where Ajv finds the assertion broken. A value of the wrong type is nothing but that. */
function pathsOf(errors: ErrorObject[], id: string): string[] {
  const mistyped = errors.filter(({ keyword }) => keyword === 'type');
  const places = new Set(mistyped.map(({ instancePath }) => instancePath));
  const own = errors.filter((error) => assertionId(error) === id);
  return own
    .filter(({ keyword, instancePath }) => keyword === 'type' || !places.has(instancePath))
    .flatMap((error) => [...expectedIssues([error]), ...(expectedTogether([error]) ?? [])])
    .map(({ path }) => path);
}
