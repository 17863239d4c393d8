import { inspect } from 'node:util';
import type { JsonObject } from '../diff/pointer.ts';
import { choicesOf } from '../parameters/choices.ts';
import { isMedia } from '../parameters/is-media.ts';
import type { Choice } from '../parameters/parameter.ts';

/**
 * What a schema says beside its prose and its type, as paragraphs of a doc comment: range, lengths,
 * the meaning of each choice, and the default as a tag.
 */
export function factsOf(document: JsonObject, schema: JsonObject): string[] {
  const facts = [
    isMedia(document, schema) && 'A URL, or the UUID of stored media.',
    rangeOf(schema),
    sizeOf(schema, ['minLength', 'maxLength'], 'character'),
    sizeOf(schema, ['minItems', 'maxItems'], 'element'),
    'pattern' in schema && `Matches \`${schema['pattern']}\`.`,
    meaningsOf(choicesOf(document, schema) ?? []),
    'default' in schema && `@default ${literal(schema['default'])}`,
  ];
  return facts.filter((fact) => typeof fact === 'string' && fact !== '').map(String);
}

function rangeOf(schema: JsonObject): string {
  const { minimum, maximum, exclusiveMinimum, exclusiveMaximum, multipleOf, type } = schema;
  const bounds =
    minimum !== undefined && maximum !== undefined
      ? [`from ${minimum} to ${maximum}`]
      : [
          minimum !== undefined && `of at least ${minimum}`,
          maximum !== undefined && `of at most ${maximum}`,
        ];
  const all = [
    ...bounds,
    exclusiveMinimum !== undefined && `greater than ${exclusiveMinimum}`,
    exclusiveMaximum !== undefined && `less than ${exclusiveMaximum}`,
  ].filter((bound) => bound !== false);
  const step = multipleOf === undefined ? '' : `, a multiple of ${multipleOf}`;
  if (all.length === 0 && step === '' && type !== 'integer') return '';
  const kind = type === 'integer' ? 'A whole number' : 'A number';
  return `${[kind, all.join(' and ')].join(' ').trim()}${step}.`;
}

function sizeOf(schema: JsonObject, [least, most]: [string, string], unit: string): string {
  const [minimum = 0, maximum] = [schema[least], schema[most]];
  const units = (count: unknown) =>
    `${Number(count).toLocaleString('en')} ${unit}${count === 1 ? '' : 's'}`;
  if (maximum === undefined) return minimum === 0 ? '' : `At least ${units(minimum)}.`;
  // Of a list, the type says so.
  if (minimum === maximum) return unit === 'element' ? '' : `Exactly ${units(minimum)}.`;
  return minimum === 0 ? `At most ${units(maximum)}.` : `${minimum} to ${units(maximum)}.`;
}

function meaningsOf(choices: Choice[]): string {
  if (choices.every(({ title, description }) => !title && !description)) return '';
  return choices
    .map(({ value, title, description }) => {
      const words = description ?? title;
      return words ? `- \`${value}\`: ${words.replace(/\s+/g, ' ')}` : `- \`${value}\``;
    })
    .join('\n');
}

/** A default as it is written in TypeScript. */
const literal = (value: unknown) => inspect(value, { depth: null, breakLength: Infinity });
