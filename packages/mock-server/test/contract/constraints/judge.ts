import { Ajv2020, type ErrorObject } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { isExactMultiple } from '../../../../sdk/test/rules/exact-multiple.js';
import type { Constraint } from './constraint.js';
import { at, type Schema } from './schema-document.js';

/** Everything that Ajv finds wrong; empty when the schema accepts the value. */
export type Judge = (value: unknown) => ErrorObject[];

// Hundreds of small changes of one schema are compiled, so no time goes into anything else.
const ajv = new Ajv2020({
  strict: false,
  allErrors: true,
  addUsedSchema: false,
  validateSchema: false,
  code: { optimize: false },
});
addFormats.default(ajv, ['uuid', 'uri']);
// Stock Ajv divides in binary, and so refuses 0.07 and 1.13.
ajv.removeKeyword('multipleOf');
ajv.addKeyword({
  keyword: 'multipleOf',
  type: 'number',
  schemaType: 'number',
  validate: (divisor: number, value: number) => isExactMultiple(value, divisor),
});

/** Ajv on a schema without references. */
export function judgeOf(schema: Schema): Judge {
  const validate = ajv.compile(schema);
  return (value) => (validate(value) ? [] : [...(validate.errors ?? [])]);
}

/** The schema as it would be without these constraints. */
export function without(schema: Schema, constraints: Constraint[]): Schema {
  const copy = structuredClone(schema);
  // From the end, so that the places of the others in a list stay what they are.
  const paths = constraints
    .map(({ path }) => path)
    .sort((a, b) => b.localeCompare(a, 'en', { numeric: true }));
  for (const path of paths) {
    const [, above = '', key = ''] = /^(.*)\/([^/]*)$/s.exec(path) ?? [];
    const holder = at(copy, above) as Schema | unknown[];
    if (Array.isArray(holder)) holder.splice(Number(key), 1);
    else delete holder[key];
  }
  return copy;
}

/** The schema with one constraint that nothing fulfils. */
export function neverFulfilled(schema: Schema, { schemaPath }: Constraint): Schema {
  const copy = structuredClone(schema);
  const holder = at(copy, schemaPath) as Schema;
  holder['allOf'] = [...((holder['allOf'] as unknown[] | undefined) ?? []), false];
  return copy;
}
