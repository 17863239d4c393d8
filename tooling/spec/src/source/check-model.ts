import { at, isObject } from '../diff/pointer.ts';
import { SpecError } from '../spec-error.ts';
import { quoted } from './quoted.ts';

/** The operation's name in Runware's documents is `run_` and the model's name. */
const operationId = 'run_sync_3';
/** The model's name as a word: neither sync-30 nor sync-3-pro. */
const modelName = /(?<![\w.-])sync-3(?![\w-]|\.\d)/i;
/** How Runware titles its documents. */
const titleOfModel = /^Runware API - (.+)$/;

/**
 * Refuses what is no OpenAPI 3.1 document, or describes another model. The model's identifier
 * (`sync:lipsync@3`) is no criterion: it may be renamed.
 *
 * @throws {SpecError} which says what the document is instead.
 */
export function checkModel(document: unknown): asserts document is Record<string, unknown> {
  if (!isObject(document)) {
    const kind = Array.isArray(document) ? 'a list' : document === null ? 'null' : typeof document;
    throw wrong(`is JSON, but ${kind} and no OpenAPI document`);
  }
  const { openapi, swagger } = document;
  const title = at(document, '/info/title');
  const name = typeof title === 'string' ? `(${quoted(title)}) ` : '';
  if (typeof swagger === 'string') throw wrong(`${name}is Swagger ${quoted(swagger)}`);
  if (typeof openapi !== 'string') throw wrong(`${name}is JSON, but no OpenAPI document`);
  if (!/^3\.1\.\d{1,3}$/.test(openapi)) throw wrong(`${name}is OpenAPI ${quoted(openapi)}`);

  const operation = at(document, '/paths/~1/post/operationId');
  const byTitle = typeof title === 'string' && modelName.test(title);
  const another = typeof title === 'string' && titleOfModel.test(title);
  if (byTitle || (operation === operationId && !another)) return;
  throw wrong(`${name}describes another model or API`);
}

function wrong(what: string): SpecError {
  return new SpecError(
    `The document ${what}. Needed is the OpenAPI 3.1 document of sync-3: ` +
      'check the address given with --from.',
  );
}

/**
 * Refuses a document whose request is no list of tasks for one model: everything generated rests on
 * that shape.
 *
 * @throws {SpecError} with the place where something else stands.
 */
export function checkRequest(document: Record<string, unknown>): void {
  const body = '#/paths/~1/post/requestBody/content/application~1json/schema';
  const target = '#/components/schemas/RequestBody';
  const task = `${target}/items`;
  const [taskType, model] = [`${task}/properties/taskType/const`, `${task}/properties/model`];
  const expected: [string, string, boolean][] = [
    ['the request body', body, leadsTo(document, body, target)],
    ['the type of the request body', `${target}/type`, at(document, `${target}/type`) === 'array'],
    ['the one value of "taskType"', taskType, typeof at(document, taskType) === 'string'],
    // It may get another identifier, or a second one.
    ['"model"', model, isObject(at(document, model))],
  ];
  const missing = expected.find(([, , holds]) => !holds);
  if (!missing) return;
  throw new SpecError(
    `The document does not describe a list of tasks for one model: ${missing[0]} is not what was ` +
      `expected at ${missing[1]}. Needed is components.schemas.RequestBody, a list whose items have a ` +
      'constant taskType and a model.',
  );
}

/** Follows references from one to the next; circles have been refused before. */
function leadsTo(document: Record<string, unknown>, from: string, target: string): boolean {
  if (from === target) return true;
  const schema = at(document, from);
  return (
    isObject(schema) &&
    typeof schema['$ref'] === 'string' &&
    leadsTo(document, schema['$ref'], target)
  );
}
