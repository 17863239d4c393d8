import { type ContractCheck, createContractCheck } from './contract-check.js';
import { createFieldReader, type Field } from './described-fields.js';
import { type OpenApiDocument, readDocument } from './document.js';
import type { Finding } from './finding.js';
import { createErrorTranslator, type RunwareError } from './runware-error.js';

/** What the document says, ready for use. It keeps no state. */
export interface Contract {
  check: ContractCheck;
  /** Turns what a task breaks into the errors that Runware would send. */
  toErrors: (findings: Finding[], task: unknown) => RunwareError[];
  /** Lists the properties of the body of a response, with what the document says of each. */
  fieldsOf: (body: unknown) => Field[];
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
  return prepareContract(await readDocument());
}

/** Prepares Prism for a document. */
export async function prepareContract(document: OpenApiDocument): Promise<Contract> {
  return {
    check: await createContractCheck(document),
    toErrors: createErrorTranslator(document),
    fieldsOf: createFieldReader(document),
  };
}
