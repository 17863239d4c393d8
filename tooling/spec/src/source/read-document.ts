import type { OpenApiDocument } from '../compose.ts';
import { checkBounds } from './check-bounds.ts';
import { checkModel, checkOpenApi } from './check-model.ts';
import { checkReferences } from './check-references.ts';
import { checkStructure } from './check-structure.ts';
import { checkUnfolding } from './check-unfolding.ts';
import { parseJson } from './parse-json.ts';

/**
 * The OpenAPI document of sync-3 that a text from outside contains, safe for every later step:
 * bounded, self-contained, well-formed, and of this model.
 *
 * @param knownModels identifiers by which the model is known, whatever else is renamed.
 * @throws {SpecError} on anything else; the message says what it is, where, and what to do.
 */
export function readDocument(text: string, knownModels: string[] = []): OpenApiDocument {
  const document = parseJson(text);
  checkBounds(document);
  checkOpenApi(document);
  checkReferences(document);
  checkUnfolding(document);
  checkStructure(document);
  checkModel(document, knownModels);
  return document;
}
