import type { ErrorObject } from 'ajv';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { at, partsOf } from '../diff/pointer.ts';
import { SpecError } from '../spec-error.ts';
import { placeOf } from './document-node.ts';
import { documentSchema, schemaSchema } from './document-schema.ts';
import { quoted } from './quoted.ts';

const ajv = new Ajv2020({
  strict: false,
  // What `u` does not allow, Ajv does not compile, and Prism then accepts everything.
  formats: { 'regular-expression': isRegularExpression },
});
ajv.addSchema(schemaSchema);
const validate = ajv.compile(documentSchema);

/**
 * Refuses what is not well-formed as OpenAPI 3.1 or as JSON Schema, as far as something is generated
 * from it, and names that could not become names in code.
 *
 * @throws {SpecError} with the first fault.
 */
export function checkStructure(document: Record<string, unknown>): void {
  if (validate(document)) return;
  // The first is the most precise; the others say which alternative of a schema it belonged to.
  const fault = validate.errors?.find((error) => error.keyword !== 'propertyNames');
  const place = fault?.instancePath ?? '';
  const name = fault?.propertyName;
  const found = name ?? at(document, place);
  const not = typeof found === 'object' ? '' : `, not ${quoted(String(found))}`;
  throw new SpecError(
    `${placeOf(partsOf(place))} is refused: ${name === undefined ? 'it' : 'a name in it'} ` +
      `${fault && reasonOf(fault)}${not}. Report it to Runware, or mend a copy and give it with --from.`,
  );
}

function reasonOf({ keyword, message, params }: ErrorObject): string {
  if (keyword === 'format') return 'must be a regular expression (with the flag "u")';
  if (keyword === 'not') return 'must be another, as generated code already uses this one';
  if (keyword === 'enum') return `must be one of ${params['allowedValues'].join(', ')}`;
  return `${message}`;
}

function isRegularExpression(pattern: string): boolean {
  try {
    return new RegExp(pattern, 'u') instanceof RegExp;
  } catch {
    return false;
  }
}
