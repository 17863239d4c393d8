import type { Parameter } from '@sync3/generated/parameters';

/** What a parameter takes: `a whole number from 20 to 99`, `MP4, WEBM or MOV`. */
export function wanted(parameter: Parameter): string {
  const { choices, isNullable } = parameter;
  const values = choices
    ? alternatives(choices.map(({ value }) => `${value}`))
    : `${kindOf(parameter)}${boundsOf(parameter)}`;
  return isNullable ? `${values}, or null` : values;
}

function kindOf({ type, isMedia, format }: Parameter): string {
  if (isMedia) return 'a file, a URL or a UUID';
  switch (type) {
    case 'integer':
      return 'a whole number';
    case 'number':
      return 'a number';
    case 'boolean':
      return 'true or false';
    case 'array':
      return 'a list';
    case 'object':
      return 'an object';
    case 'any':
      return 'any value';
    case 'string':
      return format === undefined ? 'a text' : (formats[format] ?? `a text (${format})`);
  }
}

const formats: Readonly<Record<string, string>> = { uri: 'a URL', uuid: 'a UUID' };

/** The bounds of a value, each with a space before it: ` from 0 to 1`, ` of 1 to 5,000 characters`. */
export function boundsOf(parameter: Parameter): string {
  const { minimum, maximum, exclusiveMinimum, exclusiveMaximum, multipleOf } = parameter;
  const { minLength, maxLength, minItems, maxItems, pattern } = parameter;
  return [
    exclusiveMinimum === undefined ? '' : ` above ${exclusiveMinimum}`,
    minimum === undefined ? '' : ` from ${minimum}`,
    maximum === undefined ? '' : ` ${minimum === undefined ? 'up ' : ''}to ${maximum}`,
    exclusiveMaximum === undefined ? '' : ` below ${exclusiveMaximum}`,
    multipleOf === undefined || multipleOf === 1 ? '' : `, in steps of ${multipleOf}`,
    counted(minLength, maxLength, 'character'),
    counted(minItems, maxItems, 'element'),
    pattern === undefined ? '' : ` that matches ${pattern}`,
  ].join('');
}

function counted(least: number | undefined, most: number | undefined, unit: string): string {
  if (least === undefined && most === undefined) return '';
  const units = `${unit}${(most ?? least) === 1 ? '' : 's'}`;
  const [from, to] = [least, most].map((count) => count?.toLocaleString('en-US'));
  if (least === most) return ` of ${from} ${units}`;
  if (from === undefined) return ` of at most ${to} ${units}`;
  return to === undefined ? ` of at least ${from} ${units}` : ` of ${from} to ${to} ${units}`;
}

/** `a, b or c`. */
export function alternatives(values: readonly string[]): string {
  return [values.slice(0, -1).join(', '), ...values.slice(-1)].filter(Boolean).join(' or ');
}

/** The first paragraph of a description, without the marks of Markdown that a terminal does not show. */
export function firstParagraph({ description = '' }: { description?: string }): string {
  const [paragraph = ''] = description.trim().split(/\n\s*\n/);
  return paragraph
    .replace(/\s+/g, ' ')
    .replace(/\[([^\]]*)\]\([^)]*\)/g, '$1')
    .replace(/\\([^\w\s])/g, '$1');
}

/** As many sentences of the first paragraph as fit into a few lines of `--help`; at least one. */
export function summary(described: { description?: string }): string {
  const sentences = firstParagraph(described).split(/(?<=[.!?]) (?=[A-Z])/);
  let text = sentences[0] ?? '';
  for (const sentence of sentences.slice(1)) {
    if (text.length + sentence.length > 120) break;
    text += ` ${sentence}`;
  }
  return text;
}
