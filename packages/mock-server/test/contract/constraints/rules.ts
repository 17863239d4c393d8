import { createCandidates } from './candidates.js';
import { type Constraint, constraintsOf } from './constraint.js';
import { judgeOf } from './judge.js';
import { type Proof, prove } from './prove.js';
import { readRequestSchema } from './schema-document.js';

/** The constraints of a document, and what proves them. */
export interface ProvenRules {
  all: Constraint[];
  /** @throws {Error} nothing shows this constraint alone. */
  prove(constraint: Constraint): Proof;
}

/** @param file a document below `openapi/`. */
export function readRules(file: string): ProvenRules {
  const written = readRequestSchema(file);
  const all = constraintsOf(written);
  const judge = judgeOf(written.schema);
  const rules = { schema: written.schema, judge, all };
  const candidates = createCandidates(written.schema, judge);
  return { all, prove: (constraint) => prove(constraint, rules, candidates(constraint)) };
}
