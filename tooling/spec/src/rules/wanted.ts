import { formatOf } from './formats.ts';
import type { ListRule, Rule, ScalarRule } from './rule.ts';

/** What a message says that a value must be, such as "a whole number from 1 to 20". */
export function wanted(rule: Rule, name = ''): string {
  const words =
    rule.kind === 'object' ? 'an object' : rule.kind === 'array' ? list(rule, name) : scalar(rule);
  return rule.isNullable && !words.endsWith(' or null') ? `${words} or null` : words;
}

function scalar({ kind, assertions }: ScalarRule): string {
  const limits: Limits = {};
  let text = 'a string';
  for (const assertion of assertions) {
    if (assertion.kind === 'choices') return assertion.choices.map(String).join(' or ');
    if (assertion.kind === 'formats') text = formatOf(assertion.formats).wanted;
    else limits[assertion.keyword] = assertion.limit;
  }
  if (kind === 'string') return text + textLimits(limits);
  if (kind === 'boolean') return 'true or false';
  return kind === 'any' ? 'anything' : number(kind, limits);
}

type Limits = Record<string, unknown>;

function textLimits({ minLength, maxLength, pattern }: Limits): string {
  const length = range(minLength as number, maxLength as number);
  const ofLength = length && ` of ${length} ${/\b1$/.test(length) ? 'character' : 'characters'}`;
  return ofLength + (pattern === undefined ? '' : ` that matches ${pattern}`);
}

/** `3`, `1 to 5`, `at least 2`, `at most 5`; empty when there is no limit. */
function range(from = 0, to = Number.POSITIVE_INFINITY): string {
  if (from === to) return `${from}`;
  if (to === Number.POSITIVE_INFINITY) return from > 0 ? `at least ${from}` : '';
  return from > 0 ? `${from} to ${to}` : `at most ${to}`;
}

const counts = ['no', 'one', 'two', 'three', 'four', 'five', 'six'];

function number(kind: 'number' | 'integer', values: Limits): string {
  const { minimum, maximum, exclusiveMinimum, exclusiveMaximum, multipleOf } = values;
  const decimals = decimalsOf(multipleOf);
  const hasDecimals = decimals !== undefined && kind === 'number' && decimals > 0;
  const isWhole = kind === 'integer' || decimals === 0;
  return [
    isWhole ? 'a whole number' : 'a number',
    hasDecimals
      ? ` with at most ${counts[decimals] ?? decimals} decimal${decimals > 1 ? 's' : ''}`
      : '',
    minimum === undefined ? '' : ` from ${minimum}`,
    maximum === undefined ? '' : ` to ${maximum}`,
    exclusiveMinimum === undefined ? '' : `, above ${exclusiveMinimum}`,
    exclusiveMaximum === undefined ? '' : `, below ${exclusiveMaximum}`,
    multipleOf === undefined || hasDecimals || multipleOf === 1
      ? ''
      : `, a multiple of ${multipleOf}`,
  ].join('');
}

/** How many decimals `multipleOf` leaves a number: 2 for 0.01; `undefined` for other steps. */
export function decimalsOf(multipleOf: unknown): number | undefined {
  const [, exponent] = /^1e([+-]\d+)$/.exec(Number(multipleOf).toExponential()) ?? [];
  return exponent !== undefined && Number(exponent) <= 0 ? -Number(exponent) : undefined;
}

const plurals: Partial<Record<Rule['kind'], string>> = {
  string: 'strings',
  number: 'numbers',
  integer: 'whole numbers',
  boolean: 'truth values',
};

/** `4 numbers`, `at least one segment`: scalars by their type, others by the last word of the name. */
function list({ items, minItems, maxItems, uniqueItems }: ListRule, name: string): string {
  const many =
    plurals[items.kind] ??
    name
      .split(/(?=[A-Z])/)
      .at(-1)
      ?.toLowerCase() ??
    'items';
  const length = range(minItems, maxItems).replace(/^(at least|at most) 1$/, '$1 one');
  const isOne = / one$|^1$/.test(length);
  const noun = isOne ? many.replace(/(?<=x|ch|sh|ss)es$|(?<!s)s$/, '') : many;
  return `a list of ${length && `${length} `}${uniqueItems ? 'different ' : ''}${noun}`;
}
