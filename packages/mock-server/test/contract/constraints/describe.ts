import { absent, differences } from './changes.js';
import type { Constraint } from './constraint.js';
import { leadsTo } from './legal-value.js';
import { requiredPlaces } from './required-places.js';
import type { Schema } from './schema-document.js';

/** What a constraint demands, in a few words: `numberResults` at most 20. */
export function describeConstraint(constraint: Constraint): string {
  const { pointer, keyword, place, isNegative } = constraint;
  const [, component = ''] = /schemas\/(\w+Task)\//.exec(pointer) ?? [];
  const name = nameOf(place.slice(1));
  const subject = name ? `\`${name}\`` : place.length > 0 ? 'the task' : 'the body';
  const demand = demands[keyword]?.(constraint) ?? keyword;
  const condition = isNegative ? ' (as a condition)' : '';
  return `${component && `${component}: `}${subject} ${demand}${condition}`;
}

const demands: Record<string, (constraint: Constraint) => string> = {
  type: ({ value }) => `is of type ${value}`,
  const: ({ value }) => `is ${code(value)}`,
  enum: ({ value }) => `is one of ${list(value as unknown[])}`,
  anyOf: ({ value }) => `is a ${(value as Schema[]).map((part) => part['format']).join(' or a ')}`,
  oneOf: ({ value }) => {
    const parts = value as Schema[];
    const constants = [...parts.flatMap((part) => part['const'] ?? []), ...constantsOf(parts)];
    return constants.length > 0
      ? `is one of ${list(constants)}`
      : `has exactly one of ${requiredBy({ oneOf: parts })}`;
  },
  not: ({ value }) => `has not all of ${requiredBy(value as Schema)}`,
  if: ({ value, schema }) =>
    `has with ${requiredBy(value as Schema)} also ${requiredBy(schema['then'] as Schema)}`,
  format: ({ value }) => `is a ${value}`,
  minLength: ({ value }) => `has at least ${value} characters`,
  maxLength: ({ value }) => `has at most ${value} characters`,
  minItems: ({ value }) => `has at least ${value} elements`,
  maxItems: ({ value }) => `has at most ${value} elements`,
  minimum: ({ value }) => `is at least ${value}`,
  exclusiveMinimum: ({ value }) => `is more than ${value}`,
  maximum: ({ value }) => `is at most ${value}`,
  multipleOf: ({ value }) => `is a multiple of ${value}`,
  required: ({ names }) => `has \`${names[0]}\``,
  dependentRequired: ({ names }) => `has with \`${names[0]}\` also \`${names[1]}\``,
  additionalProperties: () => 'has nothing unknown',
};

const list = (values: unknown[]) => values.map(code).join(', ');

/** The constants that tell one kind of object from another: of properties that all kinds have. */
function constantsOf(kinds: Schema[]): unknown[] {
  const constants = kinds.map(({ properties = {} }) =>
    Object.entries(properties as Record<string, Schema>).filter(([, part]) => 'const' in part),
  );
  return constants.flatMap((own) =>
    own
      .filter(([name]) => constants.every((others) => others.some(([other]) => other === name)))
      .map(([, part]) => part['const']),
  );
}

/** The properties that a schema asks for, without those that only lead to others. */
function requiredBy(schema: Schema): string {
  const places = requiredPlaces(schema);
  return places
    .filter((place) => !places.some((other) => other !== place && leadsTo(place, other)))
    .map((place) => `\`${nameOf([...place])}\``)
    .join(', ');
}

/** How a body differs from another one, such as `inputs.video` = "x", no `inputs.audio`. */
export function describeDifference(body: unknown, other: unknown): string {
  const parts = differences(body, other).map(({ place, one }) => {
    const [, ...inTask] = place;
    if (inTask.length === 0) return one === absent ? 'nothing' : code(one);
    const name = nameOf(inTask);
    return one === absent ? `no \`${name}\`` : `\`${name}\` = ${code(one)}`;
  });
  return parts.join(', ');
}

/** A place as one writes it: `settings.segments[].audio`. */
function nameOf(place: string[]): string {
  return place
    .map((step) => (/^\d+$/.test(step) ? `[${step}]` : step === '[]' ? step : `.${step}`))
    .join('')
    .replace(/^\./, '');
}

/** The beginning of a body, for the messages of failed tests. */
export const shortened = (body: unknown): string => JSON.stringify(body).slice(0, 300);

/** JSON, cut where it is long. */
function code(value: unknown): string {
  const text = JSON.stringify(value);
  if (typeof value === 'string' && text.length > 80) {
    const characters = [...value];
    return `\`"${characters.slice(0, 3).join('')}…"\` (${characters.length} characters)`;
  }
  return `\`${text.length > 80 ? `${text.slice(0, 76)} …` : text}\``;
}
