import { Ajv2020, type ErrorObject } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { isExactMultiple } from './exact-multiple.js';
import { upstreamSchema } from './upstream-schema.js';

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

const validate = ajv.compile(upstreamSchema);

/** Everything that Ajv finds wrong with the task; empty when it accepts it. */
export function upstreamErrors(task: unknown): ErrorObject[] {
  return validate(task) ? [] : (validate.errors ?? []);
}
