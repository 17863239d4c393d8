import type { JsonObject } from '../diff/pointer.ts';
import { type FoundTask, taskTypeOf } from './find-task.ts';
import { taskName, typeName } from './names.ts';
import type { SchemaNamer } from './schema-namer.ts';

/** Names every task of the request. @returns the union of all that upstream has in its list. */
export function nameTasks(
  document: JsonObject,
  { task, others }: FoundTask,
  namer: SchemaNamer,
): JsonObject {
  const kinds = [task, ...others].map((kind) => {
    const taskType = taskTypeOf(document, kind) ?? '';
    const name = kind === task ? taskName : `${typeName(taskType)}Task`;
    return { taskType, reference: namer.named(kind, [kind === task ? 'task' : taskType], name) };
  });
  const mapping = kinds.map(({ taskType, reference }) => [taskType, reference.$ref]);
  return {
    oneOf: kinds.map(({ reference }) => reference),
    discriminator: { propertyName: 'taskType', mapping: Object.fromEntries(mapping) },
  };
}
