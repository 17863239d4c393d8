import { at, isObject, pointerOf } from '../diff/pointer.ts';
import { findTask, modelsOf } from '../normal-form/find-task.ts';
import { SpecError } from '../spec-error.ts';
import { quoted } from './quoted.ts';

/** The operation's name in Runware's documents is `run_` and the model's name. */
const operationId = 'run_sync_3';
/** The model's name as a word: neither sync-30 nor sync-3-pro. */
const modelName = /(?<![\w.-])sync-3(?![\w-]|\.\d)/i;
/** How Runware titles its documents. */
const titleOfModel = /^Runware API - (.+)$/;

/**
 * Refuses what is no OpenAPI 3.1 or 3.2 document.
 *
 * @throws {SpecError} which says what the document is instead.
 */
export function checkOpenApi(document: unknown): asserts document is Record<string, unknown> {
  if (!isObject(document)) {
    const kind = Array.isArray(document) ? 'a list' : document === null ? 'null' : typeof document;
    throw wrong(`is JSON, but ${kind} and no OpenAPI document`);
  }
  const { openapi, swagger } = document;
  const name = nameOf(document);
  if (typeof swagger === 'string') throw wrong(`${name}is Swagger ${quoted(swagger)}`);
  if (typeof openapi !== 'string') throw wrong(`${name}is JSON, but no OpenAPI document`);
  if (!/^3\.[12]\.\d{1,3}$/.test(openapi)) throw wrong(`${name}is OpenAPI ${quoted(openapi)}`);
}

/**
 * Refuses what describes another model. Runware renames models, operations and identifiers; a
 * document of which one of these is known is the one of this model.
 *
 * @param knownModels identifiers that the committed document lists, such as `sync:lipsync@3`.
 * @throws {SpecError} which says what the document is instead.
 */
export function checkModel(document: Record<string, unknown>, knownModels: string[]): void {
  const { path, task } = findTask(document);
  const title = at(document, '/info/title');
  const operation = at(document, `${pointerOf(['paths', path])}/post/operationId`);
  const byTitle = typeof title === 'string' && modelName.test(title);
  const another = typeof title === 'string' && titleOfModel.test(title);
  if (byTitle || (operation === operationId && !another)) return;
  if (modelsOf(document, task).some((model) => knownModels.includes(model))) return;
  throw wrong(`${nameOf(document)}describes another model or API`);
}

function nameOf(document: Record<string, unknown>): string {
  const title = at(document, '/info/title');
  return typeof title === 'string' ? `(${quoted(title)}) ` : '';
}

function wrong(what: string): SpecError {
  return new SpecError(
    `The document ${what}. Needed is the OpenAPI 3.1 or 3.2 document of sync-3: ` +
      'check the address given with --from.',
  );
}
