import { at, isObject, type JsonObject, pointerOf, resolve } from '../diff/pointer.ts';
import { valuesOf } from '../diff/words.ts';
import { findTask } from './find-task.ts';

/**
 * Makes the examples of the model's task fit what upstream says now: a value that can only be one is
 * that one, and what is no longer described is left out.
 */
export function fitExamples(document: JsonObject): JsonObject {
  const { path, task } = findTask(document);
  const pointer = pointerOf([
    'paths',
    path,
    'post',
    'requestBody',
    'content',
    'application/json',
    'examples',
  ]);
  const fitted = structuredClone(document);
  for (const example of Object.values(Object(at(fitted, pointer)) as JsonObject)) {
    const tasks = isObject(example) ? example['value'] : undefined;
    if (!Array.isArray(tasks)) continue;
    tasks.forEach((value, position) => {
      if (isObject(value) && 'model' in value) tasks[position] = fit(document, task, value);
    });
  }
  return fitted;
}

function fit(document: JsonObject, schema: unknown, value: unknown): unknown {
  const described = resolve(document, schema);
  if (!isObject(described)) return value;
  const values = valuesOf(described);
  if (values && !values.includes(value)) return values[0];
  if (!isObject(value)) return value;
  const properties = Object(described['properties']) as JsonObject;
  const kept = Object.entries(value).filter(
    ([name]) => name in properties || described['additionalProperties'] !== false,
  );
  return Object.fromEntries(
    kept.map(([name, part]) => [name, fit(document, properties[name], part)]),
  );
}
