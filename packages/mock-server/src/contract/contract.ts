import { type ContractCheck, createContractCheck } from './contract-check.js';
import { readDocument } from './document.js';
import type { Finding } from './finding.js';
import { createErrorTranslator, type RunwareError } from './runware-error.js';
import { createUnknownFields, type UnknownField } from './unknown-fields.js';

/** What the document says, ready for use. It keeps no state. */
export interface Contract {
  check: ContractCheck;
  /** Turns what a task breaks into the errors that Runware would send. */
  toErrors: (findings: Finding[], task: unknown) => RunwareError[];
  /** Finds what the document does not describe in the body of a response. */
  unknownFields: (body: unknown) => UnknownField[];
}

let loaded: Promise<Contract> | undefined;

/**
 * Reads the document and prepares Prism for it: once for all servers of a process, since it takes
 * longer than all the rest of a start, and a test suite starts many.
 *
 * @throws {Error} a schema of the document does not compile.
 */
export function loadContract(): Promise<Contract> {
  loaded ??= load();
  return loaded;
}

async function load(): Promise<Contract> {
  const document = await readDocument();
  return {
    check: await createContractCheck(document),
    toErrors: createErrorTranslator(document),
    unknownFields: createUnknownFields(document),
  };
}
