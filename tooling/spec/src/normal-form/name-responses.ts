import { isSame } from '../diff/canonical.ts';
import { at, isObject, type JsonObject } from '../diff/pointer.ts';
import { valuesOf } from '../diff/words.ts';
import { kindsOf, taskTypeOf } from './find-task.ts';
import { errorName, responseName, rowUnionName, taskName, typeName } from './names.ts';
import { referenceTo, type SchemaNamer } from './schema-namer.ts';
import { unfold } from './unfold.ts';

/**
 * Names what the API answers: the body of a success, its rows, and the body that failures share. A
 * failure with a body of its own keeps it.
 */
export function nameResponses(document: JsonObject, operation: JsonObject, namer: SchemaNamer) {
  const schemas: JsonObject = {};
  let shared: unknown;
  const responses = Object.entries(Object(operation['responses']) as JsonObject).map(
    ([status, response]) => {
      const written = at(response, bodyPointer);
      if (!isObject(written)) return [status, response];
      const { schema } = unfold(document, written);
      if (status.startsWith('2')) {
        if (responseName in schemas) return [status, response];
        schemas[responseName] = nameRows(document, schema, schemas, namer);
        return [status, withBody(response as JsonObject, responseName)];
      }
      shared ??= schema;
      if (!isSame(shared, schema)) return [status, response];
      schemas[errorName] ??= namer.content(schema, ['error']);
      return [status, withBody(response as JsonObject, errorName)];
    },
  );
  return { schemas, responses: Object.fromEntries(responses) };
}

const bodyPointer = '#/content/application~1json/schema';

/** A request or a response with this component for its body. */
export function withBody(message: JsonObject, name: string): JsonObject {
  const content = Object(message['content']);
  const json = { ...content['application/json'], schema: referenceTo(name) };
  return { ...message, content: { ...content, 'application/json': json } };
}

/** The rows of `data`, each with a name; rows that upstream says nothing about are of any kind. */
function nameRows(document: JsonObject, body: JsonObject, schemas: JsonObject, namer: SchemaNamer) {
  const rows = at(body, '#/properties/data/items');
  if (!isObject(rows)) return namer.content(body, ['response']);
  const properties = body['properties'] as JsonObject;
  const data = { ...(properties['data'] as JsonObject), items: {} };
  const rest = namer.content({ ...body, properties: { ...properties, data } }, ['response']);
  const { schema } = unfold(document, rows);
  const kinds = kindsOf(document, rows);
  const described = kinds.length > 0 ? kinds : isObject(schema['properties']) ? [rows] : [];
  const references = described.map((row) => namer.named(row, ['row'], nameOfRow(document, row)));
  schemas[rowUnionName] = references.length > 0 ? { oneOf: references } : {};
  const named = rest['properties'] as JsonObject;
  return {
    ...rest,
    properties: {
      ...named,
      data: { ...(named['data'] as JsonObject), items: referenceTo(rowUnionName) },
    },
  };
}

/** The task that a row answers and the state that it tells; a row without a state is a result. */
function nameOfRow(document: JsonObject, row: JsonObject): string {
  const { schema } = unfold(document, row);
  const task = typeName(taskTypeOf(document, row) ?? '');
  const status = at(schema, '#/properties/status');
  const [state] = (isObject(status) && valuesOf(status)) || [];
  const isShort = Object.keys(Object(schema['properties'])).every((name) =>
    ['taskType', 'taskUUID'].includes(name),
  );
  if (`${task}Task` !== taskName) return `${task}Result`;
  if (isShort) return `${task}Acknowledgement`;
  const words: Record<string, string> = { processing: 'Processing', error: 'Failure' };
  return `${task}${words[String(state)] ?? 'Success'}`;
}
