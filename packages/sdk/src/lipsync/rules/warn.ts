import { fail } from '@sync3/generated/rules';
import type { Issue } from '../../errors/issue.js';

/** Appends something legal that is probably not what was meant. */
export function warn(issues: Issue[], rule: string, path: string, message: string): void {
  fail(issues, rule, path, message, 'docs', 'warning');
}
