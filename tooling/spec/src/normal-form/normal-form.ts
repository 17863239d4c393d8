import type { OpenApiDocument } from '../compose.ts';
import { at, type JsonObject, partsOf, pointerOf, referencesIn } from '../diff/pointer.ts';
import { findTask } from './find-task.ts';
import { moveServerPath } from './move-server-path.ts';
import { nameResponses, withBody } from './name-responses.ts';
import { nameTasks } from './name-tasks.ts';
import { errorName, requestName, responseName, rowUnionName, taskUnionName } from './names.ts';
import { referenceTo, SchemaNamer } from './schema-namer.ts';

/**
 * The same API, always written in the same way: the address is a server without a path, and tasks,
 * rows and what they consist of are components. Their names do not depend on how upstream spreads
 * them over components, combinations and definitions.
 *
 * @throws {SpecError} the document does not describe a list of tasks for one model.
 */
export function normalForm(upstream: OpenApiDocument): OpenApiDocument {
  const document = moveServerPath(upstream);
  const found = findTask(document);
  const pathItem = (document['paths'] as JsonObject)[found.path] as JsonObject;
  const operation = pathItem['post'] as JsonObject;
  const written = Object(at(document, '/components/schemas')) as JsonObject;
  const replaced = schemasBehind(document, operation);
  const others = Object.keys(written).filter((name) => !replaced.has(name));
  const namer = new SchemaNamer(document, new Set([...others, ...fixed]));

  const tasks = nameTasks(document, found, namer);
  const { responses, schemas: bodies } = nameResponses(document, operation, namer);
  const { items: _, ...body } = found.body;
  const schemas: JsonObject = {
    ...Object.fromEntries(others.map((name) => [name, written[name]])),
    [requestName]: { ...body, items: referenceTo(taskUnionName) },
    ...bodies,
    ...Object.fromEntries(namer.components),
    [taskUnionName]: tasks,
  };
  const normal = {
    ...document,
    components: { ...Object(document['components']), schemas },
    paths: {
      ...Object(document['paths']),
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
  // What is still referred to from elsewhere stays.
  for (const reference of referencesIn(normal)) {
    const [, kind, name = ''] = partsOf(reference);
    if (kind === 'schemas' && !(name in schemas) && name in written) schemas[name] = written[name];
  }
  return normal;
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
