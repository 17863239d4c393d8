import type { Parameter } from '@sync3/generated/parameters';
import type { Options } from 'yargs';
import { numberOption } from '../request/number-option.js';
import { optionNames } from './option-names.js';
import { boundsOf, summary, wanted } from './parameter-words.js';
import { element, isWithin } from './path-names.js';

/** The option for a parameter. */
export interface ParameterOption {
  /** Without the dashes. */
  readonly name: string;
  readonly parameter: Parameter;
  /** How yargs reads and describes it. */
  readonly definition: Options;
}

/** What the commands do where an option is left out, when that is not the default of the API. */
const ownDefaults: Readonly<Record<string, (standard: unknown) => unknown>> = {
  includeCost: () => true,
  outputFormat: (standard) => `by the name of --output, else ${standard}`,
};

/** What the commands do besides. */
const ownWords: Readonly<Record<string, string>> = {
  numberResults: 'Each is paid for.',
  'safety.mode': 'Sets checkContent, too.',
};

/**
 * An option for each parameter outside lists that is a text, a number, a choice, true or false; and for
 * each list of objects, which it reads from a file. A constant that every task has needs none.
 *
 * @param taken names of the commands' own options.
 */
export function parameterOptions(
  parameters: readonly Parameter[],
  taken: readonly string[],
): ParameterOption[] {
  const chosen = parameters.filter((parameter) => {
    const { path, type, isRequired, choices } = parameter;
    const isConstant = isRequired && choices?.length === 1;
    const isGiven = isListOfObjects(parameter, parameters) || !['object', 'array'].includes(type);
    return isGiven && !isConstant && !path.includes(element);
  });
  const names = optionNames(chosen, taken);
  // What is particular to the model stands in objects; what any task has stands around them.
  const isInner = ({ path }: Parameter) => path.length > 1;
  const ordered = [...chosen].sort((a, b) => Number(isInner(b)) - Number(isInner(a)));
  return ordered.flatMap((parameter) => {
    const name = names.get(parameter.path.join('.'));
    if (name === undefined) return [];
    return [{ name, parameter, definition: definitionOf(name, parameter, parameters) }];
  });
}

function isListOfObjects({ path, type }: Parameter, parameters: readonly Parameter[]): boolean {
  const isElement = (other: Parameter) =>
    other.path.length === path.length + 1 &&
    other.path.at(-1) === element &&
    isWithin(other.path, path);
  return (
    type === 'array' && parameters.some((other) => isElement(other) && other.type === 'object')
  );
}

function definitionOf(
  name: string,
  parameter: Parameter,
  parameters: readonly Parameter[],
): Options {
  const describe = descriptionOf(parameter, parameters);
  const common = { describe, ...(parameter.isDeprecated && { deprecated: true }) };
  const { type, choices } = parameter;
  if (type === 'boolean') return { ...common, type: 'boolean' };
  const isNumber = type === 'number' || type === 'integer';
  if (choices)
    return {
      ...common,
      ...choiceOf(
        choices.map(({ value }) => value),
        isNumber,
      ),
    };
  if (isNumber) return { ...common, ...numberOption(name, describe) };
  return { ...common, type: 'string', requiresArg: true };
}

/** Texts are taken in any case: `mov` for `MOV`. */
function choiceOf(values: readonly (string | number | boolean)[], isNumber: boolean): Options {
  if (isNumber) return { type: 'number', requiresArg: true, choices: values as number[] };
  const texts = values.map(String);
  return {
    type: 'string',
    requiresArg: true,
    choices: texts,
    coerce: (given: string | undefined) =>
      texts.includes(given ?? '')
        ? given
        : (texts.find((text) => text.toLowerCase() === given?.toLowerCase()) ?? given),
  };
}

function descriptionOf(parameter: Parameter, parameters: readonly Parameter[]): string {
  const { path, title = path.at(-1) ?? '', isMedia, choices, type } = parameter;
  if (isMedia) return `${title}: ${wanted(parameter)}`;
  const about = [summary(parameter) || title, ownWords[path.join('.')]].filter(Boolean).join(' ');
  if (type === 'array') {
    const names = parameters
      .filter((other) => other.path.length === path.length + 2 && isWithin(other.path, path))
      .map((other) => other.path.at(-1));
    return `${about} A JSON file with objects: ${names.join(', ')}`;
  }
  const standard = ownDefaults[path.join('.')]?.(parameter.default) ?? parameter.default;
  const facts = [
    parameter.isDeprecated && 'deprecated',
    isNarrow(parameter) && wanted(parameter),
    standard !== undefined && `default: ${standard}`,
  ].filter(Boolean);
  const meanings = (choices ?? []).filter(({ description }) => description);
  return [
    [facts.join('; '), about].filter(Boolean).join('. '),
    ...meanings.map((choice) => `- ${choice.value}: ${summary(choice)}`),
  ].join('\n');
}

/** Whether it takes less than yargs says, which lists choices and tells numbers from texts. */
function isNarrow(parameter: Parameter): boolean {
  const { choices, type, format, isNullable } = parameter;
  if (choices) return false;
  return type === 'integer' || Boolean(format) || isNullable || boundsOf(parameter) !== '';
}
