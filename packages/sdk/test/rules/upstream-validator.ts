import { Ajv2020, type ErrorObject } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { isExactMultiple } from './exact-multiple.js';
import { type Schema, upstreamSchema } from './upstream-schema.js';

const ajv = new Ajv2020({ strict: false, allErrors: true });
addFormats.default(ajv, ['uuid', 'uri']);
// Stock Ajv divides in binary, and so refuses 0.07 and 1.13.
ajv.removeKeyword('multipleOf');
ajv.addKeyword({
  keyword: 'multipleOf',
  type: 'number',
  schemaType: 'number',
  validate: (divisor: number, value: number) => isExactMultiple(value, divisor),
});

/** Finds everything that Ajv finds wrong with a task by this schema; nothing when it accepts it. */
export function errorsBy(schema: Schema): (task: unknown) => ErrorObject[] {
  const validate = ajv.compile(schema);
  return (task) => (validate(task) ? [] : (validate.errors ?? []));
}

export const upstreamErrors = errorsBy(upstreamSchema);
