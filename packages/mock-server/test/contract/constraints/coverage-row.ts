import type { Constraint } from './constraint.js';
import type { CoverageRow } from './coverage-table.js';
import { describeConstraint, describeDifference } from './describe.js';
import type { Proof } from './prove.js';

/**
 * @param prism what Prism found.
 * @param sdk what the SDK found.
 */
export function coverageRow(
  { constraint, violating, neighbour, twins }: Proof,
  prism: string,
  sdk: string,
): CoverageRow {
  const { pointer, keyword } = constraint;
  const never = twins.map((twin) => describeTwin(twin, constraint)).join('; ');
  return {
    constraint: describeConstraint(constraint) + (never && `. Never broken without: ${never}`),
    pointer,
    keyword,
    violating: describeDifference(violating, neighbour) || '-',
    neighbour: describeDifference(neighbour, violating) || '-',
    prism,
    sdk,
  };
}

/** A twin that demands the same is told by its place. */
function describeTwin(twin: Constraint, constraint: Constraint): string {
  const description = describeConstraint(twin);
  return description === describeConstraint(constraint) ? `\`${twin.pointer}\`` : description;
}
