import type { Parameter } from '@sync3/generated/parameters';
import { boundsOf, firstParagraph } from '../../dist/parameters/parameter-words.js';
import { dotted } from '../../dist/parameters/path-names.js';
import type { RequestForm } from '../../dist/request/request-options.js';
import { table } from './markdown.ts';

/**
 * The reference of parameters: what each of them takes and means, the rules about it, and how it is
 * given on the command line and in a CSV.
 *
 * @param columns of a CSV, by their names.
 */
export function parameterReference(form: RequestForm, columns: Readonly<object>): string {
  const { parameters } = form;
  return `${[
    '# Parameters',
    '<!-- Written by `pnpm run docs` from the document of the API. Do not edit. -->',
    'What a lip-sync job takes: `params` of the SDK, a JSON file of `sync3 run --params`, a line of a manifest. `taskType`, `model`, `taskUUID`, `deliveryMethod` and `speech.voice` are filled in. `[]` stands for an element of a list. A parameter that has no option is given with `--set`, by its path: `--set inputs.video=talk.mp4`; lists and objects are given as JSON.',
    table(
      ['Parameter', 'Type', 'Range', 'Default', 'Option', 'Column'],
      parameters.map((parameter) => rowOf(parameter, form, columns)),
    ),
    ...parameters.map(sectionOf),
  ].join('\n\n')}\n`;
}

function rowOf(parameter: Parameter, { options }: RequestForm, columns: object): string[] {
  const option = options.find((one) => one.parameter === parameter);
  const column = parameter.path.join('.');
  return [
    [code(dotted(parameter.path)), ...marksOf(parameter)].join(' '),
    typeOf(parameter),
    rangeOf(parameter),
    parameter.default === undefined ? '' : code(JSON.stringify(parameter.default)),
    option ? code(`--${option.name}`) : '',
    Object.hasOwn(columns, column) ? code(column) : '',
  ];
}

function marksOf({ isRequired, isDeprecated }: Parameter): string[] {
  return [...(isRequired ? ['(required)'] : []), ...(isDeprecated ? ['(deprecated)'] : [])];
}

function typeOf({ type, format, isMedia, isNullable }: Parameter): string {
  const formats = isMedia ? 'URL or UUID' : format;
  const kind = formats === undefined ? type : `${type} (${formats})`;
  return isNullable ? `${kind} or null` : kind;
}

function rangeOf(parameter: Parameter): string {
  const { choices } = parameter;
  if (choices) return choices.map(({ value }) => code(JSON.stringify(value))).join(', ');
  return boundsOf(parameter).trim();
}

function sectionOf(parameter: Parameter): string {
  const { path, title, choices = [], rules } = parameter;
  const meanings = choices
    .map((choice) => ({ ...choice, meaning: firstParagraph(choice) || choice.title }))
    .filter(({ meaning }) => meaning)
    .map(({ value, meaning }) => `- ${code(JSON.stringify(value))}: ${meaning}`);
  return [
    `## ${code(dotted(path))}`,
    [firstParagraph(parameter) || title, ...marksOf(parameter)].filter(Boolean).join(' '),
    meanings.join('\n'),
    rules.length === 0 ? '' : `Rules: ${rules.map(code).join(', ')}`,
  ]
    .filter(Boolean)
    .join('\n\n');
}

function code(text: string): string {
  return `\`${text}\``;
}
