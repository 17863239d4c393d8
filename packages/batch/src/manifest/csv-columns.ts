import { type Parameter, parameters } from '@sync3/generated/parameters';
import { isNote } from './json-entry.js';

/**
 * How the cells of a column are read: as they stand (`string`), as texts divided by `|` (`list`), as a
 * number, as `true` or `false`, as JSON, or (`any`, where the document names no type) as JSON if they are any and else as they stand.
 */
export type CellType = 'string' | 'list' | 'number' | 'boolean' | 'JSON' | 'any';

/** The columns that a CSV may have. */
export interface Columns {
  readonly types: Readonly<Record<string, CellType>>;
  /** Those that no CSV can do without. */
  readonly required: readonly string[];
}

const cellTypes: Record<Parameter['type'], CellType> = {
  string: 'string',
  number: 'number',
  integer: 'number',
  boolean: 'boolean',
  array: 'JSON',
  object: 'JSON',
  any: 'any',
};

/**
 * The columns for a list of parameters: `key`, `output`, `outputs`, and each parameter that is no object of others,
 * by its dotted path.
 */
export function columnsOf(parameters: readonly Parameter[]): Columns {
  const ofParameters = columnParameters(parameters);
  const types = ofParameters.map(({ path, type }) => [path.join('.'), cellTypes[type]]);
  const optional = parameters.filter(({ isRequired }) => !isRequired);
  return {
    types: { key: 'string', output: 'string', outputs: 'list', ...Object.fromEntries(types) },
    required: ofParameters
      .filter(({ path }) => !optional.some((one) => isWithin(path, one.path)))
      .map(({ path }) => path.join('.')),
  };
}

/** The columns for the parameters of the document. */
export const columns: Columns = columnsOf(parameters);

/**
 * The columns that a CSV manifest may have, and how their cells are read: `key`, `output`, `outputs`, and each
 * parameter that is no object of others, by its dotted path, such as `settings.tts.stability`.
 */
export const csvColumns: Readonly<Record<string, CellType>> = columns.types;

function columnParameters(parameters: readonly Parameter[]): Parameter[] {
  return parameters.filter(({ path, isRequired, choices }) => {
    const isObjectOfOthers = parameters.some(
      (other) =>
        other.path.length === path.length + 1 &&
        other.path.at(-1) !== '[]' &&
        isWithin(other.path, path),
    );
    const isConstant = isRequired && choices?.length === 1;
    // The batch derives it, so that no job is paid for twice.
    const isDerived = path.join('.') === 'taskUUID';
    return !isObjectOfOthers && !path.includes('[]') && !isConstant && !isDerived;
  });
}

function isWithin(path: readonly string[], whole: readonly string[]): boolean {
  return whole.every((name, index) => path[index] === name);
}

/**
 * Checks the header of a CSV.
 *
 * @returns what is wrong with it; `undefined` when all is well.
 */
export function faultOfHeader(
  names: readonly string[],
  { types, required }: Columns,
): string | undefined {
  const unknown = names.filter((name) => !Object.hasOwn(types, name) && !isNote(name));
  if (unknown.length > 0) {
    const list = unknown.map((name) => JSON.stringify(name)).join(', ');
    return (
      `has columns that do not exist: ${list}. There are: ${Object.keys(types).join(', ')}. ` +
      'Name a column "note:…" to keep it as a note, or pass over it with ignoreColumns (--ignore-columns).'
    );
  }
  const missing = required.filter((name) => !names.includes(name));
  if (missing.length > 0) return `has no column ${missing.join(', ')}.`;
  const repeated = names.find((name, index) => names.indexOf(name) !== index);
  if (repeated) return `has the column ${repeated} twice.`;
  return undefined;
}

/**
 * Reads one cell that is not empty: by its type, and where the document names none as JSON if it is any.
 * What does not fit the type stays a string, and the rules say what was wanted.
 *
 * @throws {SyntaxError} a cell that must be JSON is not.
 */
export function readCell(type: CellType, cell: string): unknown {
  const text = cell.trim();
  // No name of a result may have it.
  if (type === 'list') return text.split('|').map((part) => part.trim());
  if (type === 'JSON') return JSON.parse(text);
  if (type === 'any') return jsonOrText(cell);
  if (type === 'number' && /^-?\d+(\.\d+)?(e[-+]?\d+)?$/i.test(text)) return Number(text);
  if (type === 'boolean' && /^(true|false)$/i.test(text)) return text.toLowerCase() === 'true';
  return cell;
}

function jsonOrText(cell: string): unknown {
  try {
    return JSON.parse(cell);
  } catch {
    return cell;
  }
}
