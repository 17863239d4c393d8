import type { LineProblem } from '../manifest/line-problem.js';
import { BatchError, kind } from './batch-error.js';

/**
 * Thrown when items cannot be planned: the manifest cannot be read, or lines of it are wrong. Nothing
 * of it was planned. Mend it and plan again.
 */
export class ManifestError extends BatchError {
  static override readonly [kind] = 'ManifestError';

  /** The lines that are wrong, as far as they were looked for; empty when it is the file itself. */
  readonly problems: readonly LineProblem[];

  /** The message without the list of lines. */
  override readonly summary: string;

  constructor(
    message: string,
    { problems = [], cause }: { problems?: readonly LineProblem[]; cause?: unknown } = {},
  ) {
    const list = problems.map(
      ({ line, pointer, reason }) => `\n  line ${line}${pointer && `, ${pointer}`}: ${reason}`,
    );
    super(`${message}${list.join('')}`, { cause });
    this.summary = message;
    this.problems = problems;
  }
}
