import { readFile } from 'node:fs/promises';
import { isObject, type JsonObject } from '../diff/pointer.ts';
import { SpecError } from '../spec-error.ts';

/** The folder of the rules that are written by hand, from the root of the repository. */
export const rulesFolder = 'packages/sdk/src/lipsync/rules';
export const claimsFile = `${rulesFolder}/claims.json`;

/** An assertion about several properties together, and the hand-written rule that implements it. */
export interface Claim {
  /** As `Issue.rule` reports it. */
  rule: string;
  /** In the folder of the rules. */
  file: string;
  /** The object that has the properties, such as `settings.segments[]`; empty for the task. */
  place: string;
  /** Keyword and value, without titles and descriptions. */
  asserts: JsonObject;
}

/**
 * Reads what the hand-written rules implement.
 *
 * @throws {SpecError} the file is no JSON, or an entry lacks something.
 */
export async function readClaims(path: string): Promise<Claim[]> {
  const text = await readFile(path, 'utf8');
  let claims: unknown;
  try {
    claims = JSON.parse(text);
  } catch (error) {
    throw new SpecError(`${claimsFile} is no JSON: ${(error as Error).message}`);
  }
  if (!Array.isArray(claims)) throw new SpecError(`${claimsFile} must be a list.`);
  for (const claim of claims) {
    const { rule, file, place, asserts } = Object(claim);
    if ([rule, file, place].every((part) => typeof part === 'string') && isObject(asserts))
      continue;
    throw new SpecError(
      `${claimsFile}: every entry needs "rule", "file", "place" and "asserts", ` +
        `and this one does not have them: ${JSON.stringify(claim)}`,
    );
  }
  return claims;
}
