import fc from 'fast-check';
import composed from '../../../../openapi/sync-3.openapi.json' with { type: 'json' };

/** One way to make a valid task invalid. */
export interface Mutation {
  /** Such as `type of settings.syncMode`. */
  name: string;
  code: 'missingParameter' | 'invalidParameter' | 'unknownParameter';
  /** Dotted path of the parameter that is then wrong. */
  parameter: string;
  /** The task with just this fault. */
  task: fc.Arbitrary<object>;
}

type Schema = Record<string, unknown>;
type Path = (string | number)[];

const schemas = composed.components.schemas as unknown as Record<string, Schema>;

/** Every way to break one assertion about one parameter of a task, found from the schema. */
export function singleMutations(task: object): Mutation[] {
  return mutationsAt(task, { $ref: '#/components/schemas/VideoInferenceTask' }, task, []);
}

function mutationsAt(task: object, reference: Schema, value: unknown, path: Path): Mutation[] {
  const schema = resolve(reference);
  const parameter = path.join('.');
  const own = path.length === 0 ? [] : valueMutations(task, schema, value, path);
  const children: Mutation[] = [];
  if (Array.isArray(value)) {
    for (const [index, element] of value.entries()) {
      children.push(...mutationsAt(task, schema['items'] as Schema, element, [...path, index]));
    }
  } else if (typeof value === 'object' && value !== null) {
    const properties = schema['properties'] as Record<string, Schema>;
    const isNew = (name: string) => !Object.hasOwn(properties, name);
    for (const name of ['bogus', 'Video', 'syncmode', 'seed'].filter(isNew)) {
      const unknown = [...path, name];
      children.push({
        name: `unknown ${unknown.join('.')}`,
        code: 'unknownParameter',
        parameter: unknown.join('.'),
        task: fc.jsonValue().map((added) => replaced(task, unknown, added)),
      });
    }
    for (const name of (schema['required'] ?? []) as string[]) {
      const missing = [...path, name];
      children.push({
        name: `no ${missing.join('.')}`,
        code: 'missingParameter',
        parameter: missing.join('.'),
        task: fc.constant(replaced(task, missing, undefined)),
      });
    }
    for (const [name, child] of Object.entries(value)) {
      children.push(...mutationsAt(task, properties[name] as Schema, child, [...path, name]));
    }
  }
  return [...own.map((mutation) => ({ ...mutation, parameter })), ...children];
}

/** Wrong values in the place of a right one. */
function valueMutations(
  task: object,
  schema: Schema,
  value: unknown,
  path: Path,
): Omit<Mutation, 'parameter'>[] {
  const mutations: Omit<Mutation, 'parameter'>[] = [];
  const add = (what: string, wrong: fc.Arbitrary<unknown>) => {
    mutations.push({
      name: `${what} of ${path.join('.')}`,
      code: 'invalidParameter',
      task: wrong.map((instead) => replaced(task, path, instead)),
    });
  };
  const isOther = (other: unknown) => typeOf(other) !== typeOf(value);
  add('type', fc.constantFrom<unknown[]>(null, true, 7, 'text', [], {}).filter(isOther));
  const allowed = valuesOf(schema);
  if (allowed)
    add(
      'value',
      fc.string().filter((text) => !allowed.includes(text)),
    );
  const limits = schema as Record<string, number>;
  const { minimum, exclusiveMinimum, maximum, multipleOf, minLength, maxLength } = limits;
  const { minItems, maxItems } = limits;
  if (minimum !== undefined)
    add(
      'minimum',
      fc.nat(1_000).map((less) => minimum - 1 - less),
    );
  if (exclusiveMinimum !== undefined)
    add(
      'minimum',
      fc.nat(1_000).map((less) => exclusiveMinimum - less),
    );
  if (maximum !== undefined)
    add(
      'maximum',
      fc.nat(1_000).map((more) => maximum + 1 + more),
    );
  if (multipleOf !== undefined) {
    add(
      'multiple',
      fc.integer({ min: 1, max: 9 }).map((last) => Math.floor(value as number) + last / 1000),
    );
  }
  if (schema['type'] === 'integer') add('fraction', fc.constant((value as number) + 0.5));
  if (minLength !== undefined) add('length', fc.constant('x'.repeat(minLength - 1)));
  if (maxLength !== undefined) add('length', fc.constant('x'.repeat(maxLength + 1)));
  if (minItems !== undefined)
    add('items', fc.constant((value as unknown[]).slice(0, minItems - 1)));
  if (maxItems !== undefined)
    add('items', fc.constant([...(value as unknown[]), ...(value as unknown[])]));
  const isFormatted = 'format' in schema || 'anyOf' in schema;
  if (isFormatted) add('format', fc.constantFrom('', 'no uuid', './talk.mp4', '//host/talk.mp4'));
  return mutations;
}

function resolve(schema: Schema): Schema {
  const name = String(schema['$ref'] ?? '').replace('#/components/schemas/', '');
  return schemas[name] ?? schema;
}

function valuesOf({ enum: listed, const: only, oneOf }: Schema): unknown[] | undefined {
  if (only !== undefined) return [only];
  if (Array.isArray(listed)) return listed;
  return (oneOf as Schema[] | undefined)?.map((branch) => branch['const']);
}

function typeOf(value: unknown): string {
  return value === null ? 'null' : Array.isArray(value) ? 'array' : typeof value;
}

/** A copy with another value at a place, or with nothing there. */
function replaced(task: object, path: Path, value: unknown): object {
  const copy = structuredClone(task);
  const last = path.at(-1) ?? '';
  const parent = path.slice(0, -1).reduce<unknown>((node, step) => (node as Schema)[step], copy);
  if (value === undefined) delete (parent as Schema)[last];
  else (parent as Schema)[last] = value;
  return copy;
}
