import { at, isObject, type JsonObject, pointerOf, resolve } from '../diff/pointer.ts';
import { valuesOf } from '../diff/words.ts';
import { SpecError } from '../spec-error.ts';
import { unfold } from './unfold.ts';

/** Where the document describes what is asked of the model. */
export interface FoundTask {
  /** The path of the operation, such as `/`. */
  path: string;
  /** The body of the request, a list of tasks. */
  body: JsonObject;
  /** The model's task as it is written in the list. */
  task: JsonObject;
  /** The other kinds of task that the list may have. */
  others: JsonObject[];
}

/**
 * Finds the operation whose request is a list of tasks for one model, however the document spreads
 * that over components and combinations. Everything generated rests on that shape.
 *
 * @throws {SpecError} there is none, or more than one.
 */
export function findTask(document: JsonObject): FoundTask {
  const found = Object.keys(Object(document['paths'])).flatMap(
    (path) => taskAt(document, path) ?? [],
  );
  const [first, second] = found;
  if (first && !second) return first;
  const what = second
    ? `more than one such operation: ${found.map(({ path }) => `"${path}"`).join(' and ')}`
    : 'none of its operations is one';
  throw new SpecError(
    'The document does not describe a list of tasks for one model: needed is one operation whose ' +
      `request is a list with items that have a constant "taskType" and a "model"; ${what}.`,
  );
}

function taskAt(document: JsonObject, path: string): FoundTask | undefined {
  const operation = at(document, pointerOf(['paths', path, 'post']));
  const request = isObject(operation) ? resolve(document, operation['requestBody']) : undefined;
  const written = at(request, '#/content/application~1json/schema');
  const body = isObject(written) ? unfold(document, written).schema : {};
  const items = body['items'];
  if (body['type'] !== 'array' || !isObject(items)) return undefined;
  const kinds = [items, ...kindsOf(document, items)];
  const task = kinds.find((kind) => isModelTask(document, unfold(document, kind).schema));
  return task && { path, body, task, others: kinds.slice(1).filter((kind) => kind !== task) };
}

/** The members of a union of tasks, which may be a component of its own. */
export function kindsOf(document: JsonObject, items: JsonObject): JsonObject[] {
  const { schema } = unfold(document, items);
  const members = schema['oneOf'] ?? schema['anyOf'];
  if ('properties' in schema || !Array.isArray(members)) return [];
  return members.filter(isObject);
}

/** The model may get another identifier, or a second one. */
function isModelTask(document: JsonObject, schema: JsonObject): boolean {
  return isObject(at(schema, '/properties/model')) && taskTypeOf(document, schema) !== undefined;
}

/** The one `taskType` that a task or a row has. */
export function taskTypeOf(document: JsonObject, schema: JsonObject): string | undefined {
  const [value, ...others] = valuesAt(document, schema, 'taskType');
  return typeof value === 'string' && others.length === 0 ? value : undefined;
}

/** The identifiers of the model that a task takes; empty where any text is taken. */
export function modelsOf(document: JsonObject, task: JsonObject): string[] {
  return valuesAt(document, task, 'model').filter((value) => typeof value === 'string');
}

function valuesAt(document: JsonObject, schema: JsonObject, name: string): unknown[] {
  const property = at(unfold(document, schema).schema, `/properties/${name}`);
  return (isObject(property) && valuesOf(unfold(document, property).schema)) || [];
}
