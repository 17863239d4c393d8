import type { Parameter } from '@sync3/generated/parameters';
import { isObject, type JsonObject } from '@sync3/generated/rules';
import { CommandError } from '../command-error.js';
import { nearest } from './nearest.js';
import { alternatives } from './parameter-words.js';
import { dotted, element, findParameter } from './path-names.js';

/** A value and where in the parameters of a job it belongs. */
export interface PlacedValue {
  /** Names of properties, and indices of lists. */
  readonly path: readonly string[];
  readonly value: unknown;
}

/**
 * Reads what `--set` takes: `inputs.video=talk.mp4`, `settings.segments.0.audio=line.wav`. The value
 * is read as the type of the parameter says, lists and objects as JSON. What does not fit the type
 * stays a text, and the rules say what was wanted.
 *
 * @throws {CommandError} there is no such parameter, or the JSON is none.
 */
export function parseSetting(text: string, parameters: readonly Parameter[]): PlacedValue {
  const [, name = '', value = ''] = /^([^=]*)=(.*)$/s.exec(text) ?? [];
  if (name === '') {
    const message = `--set takes a parameter and its value, not "${text}".`;
    throw new CommandError(message, 'Write --set inputs.video=talk.mp4.');
  }
  const path = name.split('.');
  const parameter = findParameter(parameters, path);
  if (!parameter) throw unknownParameter(name, parameters);
  return { path, value: readValue(name, value, parameter) };
}

function unknownParameter(name: string, parameters: readonly Parameter[]): CommandError {
  const names = parameters.map(({ path }) => dotted(path).replaceAll(element, '.0'));
  const like = alternatives(nearest(name, names));
  const next = like ? `Did you mean ${like}?` : undefined;
  return new CommandError(`--set ${name}: there is no such parameter.`, next);
}

function readValue(name: string, text: string, { type, isNullable }: Parameter): unknown {
  if (isNullable && text === 'null') return null;
  switch (type) {
    case 'string':
      return text;
    case 'boolean':
      return text === 'true' || (text === 'false' ? false : text);
    case 'number':
    case 'integer':
      return /^-?\d+(\.\d+)?(e[-+]?\d+)?$/i.test(text) ? Number(text) : text;
    case 'any':
      return jsonOrText(text);
    case 'array':
    case 'object':
      try {
        return JSON.parse(text);
      } catch (cause) {
        const message = `--set ${name} is no JSON: ${(cause as Error).message}.`;
        const example = type === 'array' ? '[1, 2]' : '{"name": 1}';
        throw new CommandError(message, `Write --set '${name}=${example}'.`, 'badInput', cause);
      }
  }
}

/** The value where the document names no type. */
export function jsonOrText(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

/**
 * Puts a value where it belongs, and makes the objects around it that are not there yet. A list takes
 * another element at its end.
 *
 * @throws {CommandError} the list has no such place.
 */
export function placeValue(params: JsonObject, { path, value }: PlacedValue): void {
  let holder: JsonObject | unknown[] = params;
  for (const [index, name] of path.entries()) {
    if (Array.isArray(holder) && Number(name) > holder.length) {
      const list = path.slice(0, index).join('.');
      const message = `--set ${path.join('.')}: ${list} has ${holder.length} elements.`;
      throw new CommandError(message, `Set ${list}.${holder.length} first.`);
    }
    const properties = holder as JsonObject;
    if (index === path.length - 1) properties[name] = value;
    else {
      const next = path[index + 1] ?? '';
      const isList = /^\d+$/.test(next);
      const inner = properties[name];
      const isHolder = isList ? Array.isArray(inner) : isObject(inner);
      if (!isHolder) properties[name] = isList ? [] : {};
      holder = properties[name] as JsonObject | unknown[];
    }
  }
}
