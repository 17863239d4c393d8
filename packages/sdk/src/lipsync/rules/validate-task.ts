import { checkVideoInferenceTask } from '@sync3/generated/rules';
import type { Issue } from '../../errors/issue.js';
import { advise } from './advice.js';
import { crossField } from './cross-field.js';
import { warnOfUnreachableUrls } from './unreachable-urls.js';

/**
 * Checks a complete wire task, as it would be sent to the API, against every rule. Sends nothing.
 *
 * The issues of `origin: 'schema'` are exactly those that JSON Schema 2020-12 finds in the upstream
 * document, with `format` asserted and `multipleOf: 0.01` read on the decimal text of the number.
 * Warnings are given only when the schema accepts the task.
 *
 * @param task any JSON value.
 * @returns what is wrong, in the order of the task's properties; empty when all is well.
 */
export function validateTask(task: unknown): Issue[] {
  const issues: Issue[] = [];
  checkVideoInferenceTask(task, { issues, path: [], crossField });
  if (issues.some(({ origin }) => origin === 'schema')) return issues;
  warnOfUnreachableUrls(task, issues);
  advise(task as object, issues);
  return issues;
}
