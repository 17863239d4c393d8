import { createRequire } from 'node:module';
import { findTask, modelsOf, taskTypeOf } from '../../spec/src/normal-form/find-task.ts';
import type { Part } from '../../spec/test/diff/document-parts.ts';
import type { Json } from './places.ts';

const require = createRequire(import.meta.url);
const { Ajv2020 } = require('ajv/dist/2020.js');
const addFormats = require('ajv-formats');

/**
 * Judges wire tasks by upstream's own document, without anything of this repository.
 *
 * @returns what is wrong with a task; empty when the document takes it.
 */
export function createOracle(document: Part): (task: Json) => string {
  const ajv = new Ajv2020({ strict: false, allErrors: true });
  addFormats(ajv, ['uuid', 'uri']);
  ajv.removeKeyword('multipleOf');
  // Divided in binary, 0.07 would be no multiple of 0.01.
  ajv.addKeyword({
    keyword: 'multipleOf',
    type: 'number',
    schemaType: 'number',
    validate: (step: number, value: number) =>
      Number.isInteger(Number((value / step).toPrecision(12))),
  });
  ajv.addSchema(document, 'document');
  const validate = ajv.compile({ $ref: 'document#/components/schemas/RequestBody/items' });
  return (task) => (validate(task) ? '' : ajv.errorsText(validate.errors, { dataVar: 'task' }));
}

/** What a job is on the wire besides its parameters, by the document. */
export function envelopeBy(document: Part): Json {
  const { task } = findTask(document);
  return {
    taskType: taskTypeOf(document, task),
    taskUUID: '3f9d1c4e-8b2a-4d5e-9f60-7a1b2c3d4e5f',
    model: modelsOf(document, task)[0],
  };
}
