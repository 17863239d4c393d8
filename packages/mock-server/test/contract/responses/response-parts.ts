import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import composed from '../../../../../openapi/sync-3.openapi.json' with { type: 'json' };
import type { AnswerBody } from './recorder.js';

interface Component {
  required?: string[];
  properties?: Record<string, unknown>;
  oneOf?: { $ref: string }[];
}

interface Declared {
  content: { 'application/json': { schema: { $ref: string } } };
}

const schemas = composed.components.schemas as unknown as Record<string, Component>;
const responses: Record<string, Declared> = composed.paths['/v1'].post.responses;
const nameOf = (ref: string) => ref.replace('#/components/schemas/', '');

const ajv = new Ajv2020({ strict: false });
addFormats.default(ajv);
ajv.addSchema({ ...composed, $id: 'sync-3' });
const is = (name: string, value: unknown) =>
  ajv.getSchema(`sync-3#/components/schemas/${name}`)?.(value) === true;

/** The statuses that the document declares. */
export const statuses = Object.keys(responses).map(Number);

/** The component that the body of an answer with this status is. */
function bodyComponent(status: number): string {
  const declared = responses[`${status}`];
  if (!declared) throw new Error(`The document declares no status ${status}.`);
  return nameOf(declared.content['application/json'].schema.$ref);
}

const rowComponents = (schemas['ResponseRow']?.oneOf ?? []).map(({ $ref }) => nameOf($ref));

/** Everything that an answer can be or hold, and each status. */
export const responseParts: string[] = [
  ...statuses.map((status) => `status ${status}`),
  ...new Set(statuses.map(bodyComponent)),
  'ResponseRow',
  ...rowComponents,
  'ErrorDetail',
];

/** Every property that those may have and need not: `VideoInferenceSuccess.cost`. */
export const optionalParts: string[] = responseParts.flatMap((part) => {
  const { properties = {}, required = [] } = schemas[part] ?? {};
  return Object.keys(properties)
    .filter((name) => !required.includes(name))
    .map((name) => `${part}.${name}`);
});

/**
 * What an answer consists of, judged by Ajv and not by Prism; empty when it breaks the document.
 *
 * @throws {Error} the document does not declare the status.
 */
export function partsOf(status: number, body: AnswerBody): string[] {
  const component = bodyComponent(status);
  if (!is(component, body)) return [];
  const rows = (body.data ?? []).flatMap((row) => {
    const [kind = ''] = rowComponents.filter((name) => is(name, row));
    const { error } = row as { error?: object };
    return ['ResponseRow', ...withProperties(kind, row), ...(error ? detail(error) : [])];
  });
  const errors = (body.errors ?? []).flatMap(detail);
  return [`status ${status}`, ...withProperties(component, body), ...rows, ...errors];
}

const detail = (error: unknown) => withProperties('ErrorDetail', error);

const withProperties = (component: string, value: unknown) => [
  component,
  ...Object.keys(value as object).map((name) => `${component}.${name}`),
];
