import type { OpenApiDocument } from '../compose.ts';
import { at, type JsonObject, partsOf, pointerOf, referencesIn, resolve } from '../diff/pointer.ts';
import { findTask } from './find-task.ts';
import { moveServerPath } from './move-server-path.ts';
import { nameResponses, withBody } from './name-responses.ts';
import { nameTasks } from './name-tasks.ts';
import {
  errorName,
  operationName,
  requestName,
  responseName,
  rowUnionName,
  taskUnionName,
  upstreamName,
} from './names.ts';
import { referenceTo, SchemaNamer } from './schema-namer.ts';

/**
 * The same API, always written in the same way: the address is a server without a path, and tasks,
 * rows and what they consist of are components. Their names do not depend on how upstream spreads
 * them over components, combinations and definitions.
 *
 * @throws {SpecError} the document does not describe a list of tasks for one model.
 */
export function normalForm(upstream: OpenApiDocument): OpenApiDocument {
  const document = moveServerPath(withServersOfTasks(upstream));
  const found = findTask(document);
  const paths = document['paths'] as JsonObject;
  const { servers: _, ...pathItem } = paths[found.path] as JsonObject;
  const operation = standardOperation(document, pathItem['post'] as JsonObject);
  const written = Object(at(document, '/components/schemas')) as JsonObject;
  const replaced = schemasBehind(document, operation);
  const others = Object.keys(written).filter((name) => !replaced.has(name));
  const namer = new SchemaNamer(document, new Set([...others, ...fixed]));

  const tasks = nameTasks(document, found, namer);
  const { responses, schemas: bodies } = nameResponses(document, operation, namer);
  const { items: __, ...body } = found.body;
  const schemas: JsonObject = {
    ...Object.fromEntries(others.map((name) => [name, written[name]])),
    [requestName]: { ...body, items: referenceTo(taskUnionName) },
    ...bodies,
    ...Object.fromEntries(namer.components),
    [taskUnionName]: tasks,
  };
  const normal = {
    ...document,
    components: { ...Object(document['components']), schemas } as JsonObject,
    paths: {
      ...paths,
      [found.path]: {
        ...pathItem,
        post: {
          ...operation,
          requestBody: withBody(operation['requestBody'] as JsonObject, requestName),
          responses,
        },
      },
    },
  };
  const references = referencesIn(normal).map(partsOf);
  // What is still referred to from elsewhere stays; what was written into the operation goes.
  for (const [, kind, name = ''] of references) {
    if (kind === 'schemas' && !(name in schemas) && name in written) schemas[name] = written[name];
  }
  for (const kind of ['responses', 'requestBodies', 'parameters']) {
    if (!references.some((parts) => parts[1] === kind)) delete normal.components[kind];
  }
  return normal;
}

/** Servers of the operation, or of its path, stand in place of those of the document. */
function withServersOfTasks(document: OpenApiDocument): OpenApiDocument {
  const { path } = findTask(document);
  const item = (document['paths'] as JsonObject)[path] as JsonObject;
  const servers = Object(item['post'])['servers'] ?? item['servers'];
  return servers === undefined ? document : { ...document, servers };
}

/** The operation with what it refers to written in it, and with the name that it has had always. */
function standardOperation(document: JsonObject, written: JsonObject): JsonObject {
  const { servers: _, ...operation } = written;
  const { operationId } = operation;
  const inPlace = (node: unknown) => resolve(document, node);
  const responses = Object.entries(Object(operation['responses']) as JsonObject);
  const parameters = operation['parameters'];
  const standard: JsonObject = {
    ...operation,
    operationId: operationName,
    requestBody: inPlace(operation['requestBody']),
    responses: Object.fromEntries(
      responses.map(([status, response]) => [status, inPlace(response)]),
    ),
  };
  if (operationId !== undefined && operationId !== operationName) {
    standard[upstreamName] = operationId;
  }
  if (Array.isArray(parameters)) standard['parameters'] = parameters.map(inPlace);
  return standard;
}

/** Names that the schemas behind an operation never get from upstream. */
const fixed = [requestName, responseName, errorName, taskUnionName, rowUnionName];

/** The components that an operation refers to, through any number of others. */
function schemasBehind(document: JsonObject, operation: JsonObject): Set<string> {
  const found = new Set<string>();
  const visit = (node: unknown): void => {
    for (const reference of referencesIn(node)) {
      const [, kind, name = ''] = partsOf(reference);
      if (kind !== 'schemas' || found.has(name)) continue;
      found.add(name);
      visit(at(document, pointerOf(['components', 'schemas', name])));
    }
  };
  visit(operation);
  return found;
}
