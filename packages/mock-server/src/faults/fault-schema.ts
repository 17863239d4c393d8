import { Ajv2020, type ErrorObject, type ValidateFunction } from 'ajv/dist/2020.js';
import { failureForms } from '../jobs/failure-form.js';
import type { Fault, FaultTarget } from './fault.js';

const requests: FaultTarget[] = ['submit', 'poll', 'upload', 'any'];

/** Which results of a job: how many, or their places. */
const results = {
  anyOf: [
    { type: 'integer', minimum: 0 },
    { type: 'array', items: { type: 'integer', minimum: 0 } },
  ],
};

/** What a fault of each kind says besides `on`, `times` and `kind`; a new kind belongs here too. */
const properties: Record<
  Fault['kind'],
  { more?: object; required?: string[]; targets?: FaultTarget[] }
> = {
  'drop-before-accept': {},
  'drop-after-accept': {},
  'truncated-body': {},
  'malformed-body': {},
  stall: { more: { stallMs: { type: 'integer', minimum: 0, maximum: 2 ** 31 - 1 } } },
  'empty-data': {},
  'array-refusal': { targets: ['poll', 'any'] },
  'failed-results': {
    more: { results, code: { type: 'string', minLength: 1 }, form: { enum: failureForms } },
    targets: ['submit'],
  },
  'flagged-results': { more: { results }, targets: ['submit'] },
  'expired-results': { targets: ['submit'] },
  'broken-response': {},
  status: {
    more: {
      status: { enum: [401, 402, 403, 404, 429, 500, 503, 504] },
      retryAfterSeconds: { type: 'number', minimum: 0 },
    },
    required: ['status'],
  },
  'duplicate-webhook': { targets: ['webhook'] },
  'reordered-webhooks': { targets: ['webhook'] },
  'lost-webhook': { targets: ['webhook'] },
};

let validators: Map<string, ValidateFunction> | undefined;

/** What keeps a value from being a fault, in words; `undefined` when it is one. */
export function faultProblem(value: unknown): string | undefined {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    return 'A fault is an object, such as {"on":"submit","kind":"drop-after-accept"}.';
  }
  validators ??= compile();
  const { kind } = value as { kind?: unknown };
  const validate = validators.get(String(kind));
  if (!validate || typeof kind !== 'string') {
    return `'kind' must be one of ${[...validators.keys()].join(', ')}.`;
  }
  if (validate(value)) return undefined;
  return validate.errors
    ?.filter(({ schemaPath }) => !schemaPath.includes('/anyOf/'))
    .map(inWords)
    .join(' ');
}

function compile(): Map<string, ValidateFunction> {
  const ajv = new Ajv2020({ allErrors: true });
  return new Map(
    Object.entries(properties).map(([kind, { more = {}, required = [], targets = requests }]) => {
      const schema = {
        type: 'object',
        properties: {
          on: { enum: targets },
          times: { type: 'integer', minimum: 1 },
          kind: { const: kind },
          ...more,
        },
        required: ['on', 'kind', ...required],
        additionalProperties: false,
      };
      return [kind, ajv.compile(schema)];
    }),
  );
}

function inWords({ instancePath, keyword, params, message }: ErrorObject): string {
  const name = instancePath.slice(1);
  switch (keyword) {
    case 'required':
      return `'${params['missingProperty']}' is missing.`;
    case 'additionalProperties':
      return `'${params['additionalProperty']}' is not part of a fault of this kind.`;
    case 'enum':
      return `'${name}' must be one of ${params['allowedValues'].join(', ')}.`;
    case 'anyOf':
      return `'${name}' must be how many results, or a list of their places, counted from 0.`;
    default:
      return `'${name}' ${message}.`;
  }
}
