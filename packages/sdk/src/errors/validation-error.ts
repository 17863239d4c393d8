import type { Issue } from './issue.js';
import { kind, Sync3Error, type Sync3ErrorOptions } from './sync3-error.js';

/** Thrown before anything is sent, when a request breaks a rule. Mend it and call again. */
export class ValidationError extends Sync3Error {
  static override readonly [kind] = 'ValidationError';
  /** Name of the class. */
  declare readonly name: 'ValidationError';

  /** Every rule that is broken, and every warning. */
  declare readonly issues: readonly Issue[];

  constructor(issues: readonly Issue[], options?: Sync3ErrorOptions) {
    const errors = issues.filter(({ severity }) => severity === 'error');
    const list = errors.map(({ message }) => `\n  ${message}`).join('');
    super(`The request was not sent.${list}`, { code: 'invalidRequest', ...options });
    this.issues = issues;
  }
}
